-- status: 1
-- says: FAILS the stall was found, without a cycle: there is one, it is a deadlock
-- says: deadlock: MainThread waits for the tasks of jobs (line 15): 1 of 1 is not done: worker took it and waits as well; worker waits for lock (line 11), which MainThread holds.
scene { title = "A circle through a queue's tasks is a deadlock, not a stall", cores = 2,
        expect = "stall" }

local jobs, lock = queue.Queue { name = "jobs" }, threading.Lock { name = "lock" }
jobs:put(1)
local worker = threading.Thread { name = "worker", target = function()
  jobs:get()
  lock:acquire()
end }
lock:acquire()
worker:start()
jobs:join()
