-- run: check --clock real
-- run: check --clock real --gil 3.9
-- run: check --clock real --gil 2.7
-- run: check --clock real --gil off
-- run: check --cores 1
-- run: check --gil 3.9
-- run: check --gil 2.7 --seed 3
-- run: check --gil off --cores 2
scene { title = "Many threads on every primitive at once", cores = 3, interval = 0.2 }

-- Nothing here is shared but through the primitives: free-threaded on the real clock, each thread
-- has its own globals.
local function crowd(count, target, ...)
  local threads = {}
  for i = 1, count do
    threads[i] = threading.Thread { target = target, args = { i, ... } }
    threads[i]:start()
  end
  for _, thread in ipairs(threads) do thread:join() end
end

-- A queue of one item is read and written under a lock: no update is lost.
local lock, cell = threading.Lock(), queue.Queue()
cell:put(0)
crowd(6, function()
  for _ = 1, 200 do
    lock:with(function() cell:put(cell:get() + 1) end)
  end
end)
local total = cell:get()
check(total == 1200, "Lock: no update is lost: " .. total)

local rlock = threading.RLock()
cell:put(0)
crowd(4, function()
  for _ = 1, 200 do
    rlock:acquire()
    local value = cell:get()
    rlock:with(function() cell:put(value + 1) end)
    rlock:release()
  end
end)
total = cell:get()
check(total == 800, "RLock: " .. total)

local places, inside = threading.BoundedSemaphore(3), queue.Queue(3)
crowd(8, function()
  for i = 1, 60 do
    places:with(function()
      inside:put_nowait(i) -- would raise queue.Full with a fourth one inside
      inside:get_nowait()
    end)
  end
end)
check(inside:empty(), "Semaphore: never more than three inside")

-- A buffer of two under a condition, with time limits that mostly do not run out.
local condition, plates, eaten = threading.Condition(), queue.Queue(2), queue.Queue()
crowd(6, function(i)
  for n = 1, 60 do
    condition:with(function()
      if i <= 3 then
        while plates:full() do condition:wait(0.5) end
        plates:put_nowait(n)
      else
        while plates:empty() do condition:wait(0.5) end
        eaten:put(plates:get_nowait())
      end
      condition:notify_all()
    end)
  end
end)
total = 0
while not eaten:empty() do total = total + eaten:get() end
check(total == 3 * 1830, "Condition: each plate once: " .. total)

local barrier, rounds = threading.Barrier(5), queue.Queue()
crowd(5, function()
  for n = 1, 60 do
    barrier:wait()
    rounds:put(n)
  end
end)
local last, ordered = 0, true
for i = 1, 300 do
  local n = rounds:get()
  ordered = ordered and n >= last - 1 and n <= (i - 1) // 5 + 2
  last = math.max(last, n)
end
check(ordered, "Barrier: nobody is a round ahead")

-- Each actor sets the next one's event.
local ring = {}
for i = 1, 5 do ring[i] = threading.Event() end
ring[1]:set()
local turns = queue.Queue()
crowd(5, function(i, events, log)
  for _ = 1, 40 do
    events[i]:wait()
    events[i]:clear()
    log:put(i)
    events[i % 5 + 1]:set()
  end
end, ring, turns)
local round = true
for n = 0, 199 do round = round and turns:get() == n % 5 + 1 end
check(round, "Event: in turn")

local jobs, done = queue.Queue(4), queue.PriorityQueue()
crowd(7, function(i)
  if i == 1 then
    for n = 1, 300 do jobs:put(n) end
    jobs:join()
    for _ = 1, 6 do jobs:put(none) end
    return
  end
  while true do
    local job = jobs:get { timeout = 20 }
    if job == none then return end
    done:put { job % 10, job }
    jobs:task_done()
  end
end)
local seen, sorted, before = {}, true, { 0, 0 }
for _ = 1, 300 do
  local job = done:get()
  seen[job[2]] = true
  sorted = sorted and (job[1] > before[1] or job[1] == before[1] and job[2] > before[2])
  before = job
end
check(#seen == 300 and sorted, "Queue: each job once; PriorityQueue: in order")
