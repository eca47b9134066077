-- run: check
-- run: check --clock real
-- says: holds the stall was found, and named as who waits for what
-- says: worker #2 waits for somebody to notify ready (line 12): worker did (line 9) when nobody waited
-- says: MainThread waits for the end of worker #2 (line 17).
scene { title = "A notification that nobody waited for", cores = 2, expect = "stall" }

local ready = threading.Condition { name = "ready" }
local function producer() ready:with(function() ready:notify() end) end
local function consumer()
  time.sleep(0.01)
  ready:with(function() ready:wait() end)
end
local one = threading.Thread { target = producer, name = "worker" }
local two = threading.Thread { target = consumer, name = "worker" }
one:start() two:start()
two:join()
