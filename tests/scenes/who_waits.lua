-- run: check
-- run: check --gil off
-- run: check --gil 2.7
scene { title = "Who is woken, and who still waits", cores = 4 }

local function start(fn)
  local thread = threading.Thread { target = fn, daemon = true }
  thread:start()
  time.sleep(0.01)
  return thread
end
local function several(n, fn)
  local threads = {}
  for i = 1, n do threads[i] = start(fn) end
  return threads
end
local function waiting(threads)
  time.sleep(0.1)
  local text = ""
  for _, thread in ipairs(threads) do text = text .. (thread:is_alive() and "w" or "-") end
  return text
end
local function raising(n, what)
  return setmetatable({ n }, { __lt = function(a, b)
    if what then what() end
    return a[1] < b[1]
  end })
end

local semaphore = threading.Semaphore(0)
local threads = several(4, function() semaphore:acquire() end)
check(waiting(threads) == "wwww", "nobody has a unit")
semaphore:release(3)
check(waiting(threads) == "---w", "release(3) lets the first three go on")
check(not semaphore:acquire(false), "and they have the units")
semaphore:release()
check(waiting(threads) == "----", "release() one")

local condition = threading.Condition()
threads = several(4, function() condition:with(function() condition:wait() end) end)
condition:with(function() condition:notify(2) end)
check(waiting(threads) == "--ww", "notify(2) wakes the first two")
condition:with(function() condition:notify() end)
check(waiting(threads) == "---w", "notify() one")
condition:with(function() condition:notify_all() end)
check(waiting(threads) == "----", "notify_all() who is left")

local during
local barrier
barrier = threading.Barrier(2, function()
  time.sleep(0.05)
  during = barrier.n_waiting
end)
threads = several(2, function() barrier:wait() end)
local late = start(function() barrier:wait() end)
check(waiting(threads) == "--" and during == 2, "a round is over with its action")
check(late:is_alive() and barrier.n_waiting == 1, "who comes while it runs is of the next round")
check(barrier:wait() == 1, "which this one fills")
check(waiting { late } == "-", "both go on")

local event = threading.Event()
threads = several(2, function() event:wait() end)
event:set()
event:clear()
check(waiting(threads) == "--", "set() lets all go on, though clear() comes before they look")
check(not event:wait(0), "and nobody after them")

local tasks = queue.Queue()
tasks:put(1)
threads = several(2, function() tasks:join() end)
tasks:get()
check(waiting(threads) == "ww", "join() waits for the task")
tasks:task_done()
check(waiting(threads) == "--", "task_done() lets all go on who wait in join()")

-- A put that fails gives its room to the next who waits for it.
local full = queue.PriorityQueue(2)
full:put(raising(2))
local failing = start(function()
  pcall(full.put, full, raising(1, function() time.sleep(0.05) error("no") end))
end)
local putter = start(function() full:put(raising(3)) end)
check(putter:is_alive() and full:qsize() == 1, "there is no room while the first is compared")
check(waiting { failing, putter } == "--" and full:qsize() == 2, "then there is")

-- A get that fails leaves item and room as they were.
local angry
full = queue.PriorityQueue(3)
for n = 1, 3 do full:put(raising(n, function() if angry then error("no") end end)) end
angry = true
check(not pcall(full.get, full) and full:qsize() == 3, "the item is still there")
angry = false
check(not pcall(full.put_nowait, full, raising(4)), "and there is no room")
putter = start(function() full:put(raising(4)) end)
check(waiting { putter } == "w", "for anybody")
full:get()
check(waiting { putter } == "-", "until one is got")
