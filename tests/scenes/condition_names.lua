-- status: 1
-- says: MainThread waits for ready (line 14), which holder held when it ended.
-- says: other waits for Condition 1 (line 10), which holder held when it ended.
scene { title = "The lock that a condition makes for itself is called as it is", cores = 2 }

local ready, nameless = threading.Condition { name = "ready" }, threading.Condition()
local holder = threading.Thread { name = "holder", target = function()
  ready:acquire() nameless:acquire()
end }
local other = threading.Thread { name = "other", target = function() nameless:acquire() end }
holder:start()
holder:join()
other:start()
ready:acquire()
