-- run: check
-- run: check --gil 3.9
-- run: check --cores 1
-- run: check --seed 7
scene { title = "Who was woken needs the GIL before it can take, unless it waited for a lock",
        cores = 2, interval = 1000 }

-- Each time another thread is woken, and nobody asks for the GIL before this one tries to take.
-- CPython 3.9, 3.12 and 3.13 give the same answers.
local function compute() for _ = 1, 100000 do end end
local function beside(fn)
  local thread = threading.Thread { target = fn, daemon = true }
  thread:start()
  time.sleep(0.05)
  return thread
end

local q = queue.Queue()
local getter = beside(function() q:get() end)
q:put("a")
compute()
check(q:qsize() == 1, "the item is still there")
local ok, item = pcall(q.get_nowait, q)
check(ok and item == "a", "and can be got")
time.sleep(0.01)
check(getter:is_alive(), "who was woken for it waits for another")
q:put("b")
getter:join()

local full = queue.Queue(1)
full:put(1)
local putter = beside(function() full:put(2) end)
full:get()
compute()
check(pcall(full.put_nowait, full, 3), "the room is still there")
check(full:get() == 3 and full:get() == 2, "who was woken for it waits for the next")
putter:join()

local tasks = queue.Queue()
tasks:put(1)
local joiner = beside(function() tasks:join() end)
tasks:get()
tasks:task_done()
tasks:put(2)
time.sleep(0.01)
check(joiner:is_alive(), "join() looks again when it has the GIL")
tasks:task_done()
joiner:join()

local semaphore = threading.Semaphore(0)
local acquirer = beside(function() semaphore:acquire() end)
semaphore:release()
compute()
check(semaphore:acquire(false), "the unit is still there")
semaphore:release()
acquirer:join()

for _, lock in ipairs { threading.RLock(), threading.Lock() } do
  local condition = threading.Condition(lock)
  local waiter = beside(function() condition:with(function() condition:wait() end) end)
  condition:acquire()
  condition:notify()
  condition:release()
  compute()
  check(condition:acquire(false), "the condition's lock is still free")
  condition:release()
  waiter:join()
  lock:acquire()
  waiter = beside(function() lock:acquire() time.sleep(0.01) lock:release() end)
  lock:release()
  compute()
  check(not lock:acquire(false), "a lock itself is taken without the GIL")
  waiter:join()
end

-- Who was notified queues for the lock behind who came before.
local order = queue.Queue()
local condition = threading.Condition()
local waiter = beside(function()
  condition:with(function() condition:wait() order:put("notified") end)
end)
local queued
condition:with(function()
  queued = beside(function() condition:with(function() order:put("queued") end) end)
  condition:notify()
end)
compute()
waiter:join() queued:join()
local first, second = order:get(), order:get()
check(first == "queued" and second == "notified", first .. " before " .. second)
