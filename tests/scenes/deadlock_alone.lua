-- run: check
-- run: check --clock real
-- says: holds the deadlock was found: nobody is left who could wake anybody
-- says: main waits for Lock 1 (line 13), which which held when it ended.
-- says: 1 scene, 1 claim: all hold
scene { title = "A deadlock without a cycle is found, not called one", cores = 2, expect = "deadlock" }

local lock = threading.Lock()
local gone = threading.Thread { target = function() lock:acquire() end, name = "which" }
gone:start()
gone:join()
-- Nobody is left who could let go of it.
lock:acquire()
