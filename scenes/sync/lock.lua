scene {
  title = "A Lock makes the read and the write one step",
  chapter = "sync",
  from = "001_cdf4b8e4eda2782e.txt",
  cores = 4, gil = "3.9", interval = 0.2, speed = 0.0005,
  summary = "The lost update again, under a Lock: a switch may still fall "
    .. "between the read and the write, but whoever runs then has to wait "
    .. "for the lock, and the count is exact.",
}

counter = 0
local lock = threading.Lock()

local function safe_increment(n)
  for _ = 1, n do
    lock:with(function()
      local value = counter
      counter = value + 1
    end)
  end
end

local threads = {}
for i = 1, 4 do
  threads[i] = threading.Thread { target = safe_increment, args = { 2000 } }
end
mark("Four threads, 2,000 safe increments each.")
note("A thread that was asked to let go inside the lock still holds it.")
for _, thread in ipairs(threads) do thread:start() end
for _, thread in ipairs(threads) do thread:join() end

if counter == 0 and not sys._is_gil_enabled() then
  note("Free-threaded on the real clock, each thread has its own counter.")
else
  check(counter == 8000, ("counter is %d: exact"):format(counter))
end
check(not lock:locked(), "nobody holds the lock any more")
