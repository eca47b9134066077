-- run: check
-- run: check --clock real
-- status: 1
-- says: holds the stall was found, and named as who waits for what
-- says: MainThread waits for the tasks of jobs (line 21): 1 of 5 is not done: worker took it and ended with an error.
-- says: helper waits for an item of jobs (line 10): it is empty
scene { title = "A queue's join with a worker that died", cores = 2, expect = "stall" }

local jobs = queue.Queue { name = "jobs" }
local function work() local n = jobs:get()
  if n == 1 then error("boom") end
  jobs:task_done()
end
for n = 1, 5 do jobs:put(n) end
local worker = threading.Thread { target = work, name = "worker" }
local helper = threading.Thread { name = "helper", target = function()
  time.sleep(0.01)
  while true do work() end
end }
worker:start() helper:start()
jobs:join()
