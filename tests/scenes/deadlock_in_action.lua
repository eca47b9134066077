-- says: MainThread waits for Barrier 1 (line 6), whose action it itself runs
scene { title = "A barrier's action that wants the barrier waits for itself, as in CPython",
        expect = "deadlock" }

local barrier
barrier = threading.Barrier(1, function() barrier:reset() end)
barrier:wait()
