scene {
  title = "Native code lets the GIL go while it computes",
  chapter = "gil",
  from = { "002_c43905b1571a6008.txt", "004_0085641d289618df.txt" },
  cores = 2, gil = "3.12", speed = 0.05,
  summary = "Two threads in a library that releases the GIL, as NumPy does, "
    .. "compute at once. The same two threads in plain code take turns.",
}

local function in_library()
  label("native", native.compute, 0.1)
end

local function in_lua()
  local sum = 0
  for i = 1, 5000000 do sum = sum + i end
  return sum
end

-- How many times faster two threads are than one after the other,
-- which would take as long as the processor time that they need.
local function speedup(work)
  local before = time.process_time()
  local together = measure(function()
    local one = threading.Thread { target = work }
    local two = threading.Thread { target = work }
    one:start() two:start()
    one:join() two:join()
  end)
  return (time.process_time() - before) / together
end

local cores = math.min(2, multiprocessing.cpu_count())
note("Two lanes compute at once, and the GIL lane is empty.")
local native_speedup = speedup(in_library)
check(native_speedup > 0.9 * cores,
  ("native code in two threads: %.2f times as fast"):format(native_speedup))

mark("The same, but in plain Lua: who thinks it is twice as fast?")
note("Now the GIL lane is full, and the two lanes take turns.")
local lua_speedup = speedup(in_lua)
local limit = sys._is_gil_enabled() and 1 / 0.95 or cores * 1.1
check(lua_speedup < limit,
  ("Lua in two threads: %.2f times as fast"):format(lua_speedup))
