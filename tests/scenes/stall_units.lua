-- run: check
-- run: check --clock real
-- says: holds the stall was found, and named as who waits for what
-- says: MainThread waits for slots (line 26): of its 3 units first had 1 when it ended, second had 2 when it ended.
-- says: three waits for the others to arrive at gate (line 20): 2 of 3 are there.
-- says: puts waits for room in full (line 24): it is full
scene { title = "Units that nobody gives back, a barrier short of one, a queue that nobody empties",
        cores = 2, expect = "stall" }

local slots = threading.Semaphore { value = 3, name = "slots" }
local gate = threading.Barrier { parties = 3, name = "gate" }
local full = queue.Queue { maxsize = 1, name = "full" }
local function run(name, target)
  local t = threading.Thread { target = target, name = name }
  t:start()
  return t
end

run("first", function() for _ = 1, 3 do slots:acquire() end slots:release(2) end):join()
local function arrive() gate:wait() end
run("three", arrive)
run("four", arrive)
run("puts", function()
  full:put(1) full:put(2) end)
run("second", function() slots:acquire() slots:acquire() end):join()
slots:acquire()
