scene {
  title = "The switch interval: 5 ms, 0.5 ms, or 100 instructions",
  chapter = "gil",
  from = { "001_cdf4b8e4eda2782e.txt", "004_0085641d289618df.txt" },
  cores = 2, gil = "3.12", speed = 0.02,
  summary = "One document says that the GIL goes round every 100 "
    .. "instructions, another every 5 ms. Both are right, of different "
    .. "versions; and 5 ms is the delay before asking, not a time slice.",
}

local function compute(seconds)
  local stop = time.perf_counter() + seconds
  while time.perf_counter() < stop do end
end

local function pair(seconds)
  local one = threading.Thread { target = compute, args = { seconds } }
  local two = threading.Thread { target = compute, args = { seconds } }
  one:start() two:start()
  one:join() two:join()
end

-- Which 2.7 does not do, and without a GIL there is nothing to ask for.
local asks = sys._is_gil_enabled() and sys.version_info.major == 3

local function at(interval)
  sys.setswitchinterval(interval)
  local gil = gilscope.watch(pair, 0.1)
  local rate = gil.hand_offs / gil.seconds
  local text = ("%g ms: %.0f hand-offs/s, no slice shorter than %.2f ms")
    :format(interval * 1000, rate, gil.shortest_slice * 1000)
  if asks then check(gil.shortest_slice >= interval, text) else note(text) end
  return rate
end

note("Whoever wants the GIL waits an interval before it asks for it.")
local slow = at(0.005)
mark("A tenth of the interval: ten times the hand-offs?")
local fast = at(0.0005)
local ratio = fast / slow
if asks then
  check(ratio > 5 and ratio < 12, ("%.1f times the hand-offs"):format(ratio))
end

mark("An interpreter as of 2.7: nobody asks, the holder lets go.")
note("It takes the GIL again at once: whoever it woke comes too late.")
local old = interpreters.create { gil = "2.7" }
local ticks = old:call(gilscope.watch, pair, 0.02)
check(ticks.releases > 0 and ticks.requests == 0,
  ("2.7: let go %d times without being asked, changed hands %d times")
  :format(ticks.releases, ticks.hand_offs))
