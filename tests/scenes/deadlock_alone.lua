-- run: check
-- run: check --clock real
-- status: 1
-- says: stall: nobody is left who could wake anybody.
-- says: FAILS the deadlock was found, and named as a cycle: there is none, it is a stall
-- says: MainThread waits for Lock 1 (line 14), which which held when it ended.
scene { title = "A deadlock without a cycle is found, not called one", cores = 2, expect = "deadlock" }

local lock = threading.Lock()
local gone = threading.Thread { target = function() lock:acquire() end, name = "which" }
gone:start()
gone:join()
-- Nobody is left who could let go of it.
lock:acquire()
