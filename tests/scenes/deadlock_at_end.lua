-- run: check
-- run: check --clock real
-- run: check --gil off --clock virtual
-- says: holds the deadlock was found, and named as a cycle
-- says: 1 scene, 1 claim: all hold
scene { title = "A deadlock that is found when a thread ends", cores = 2, expect = "deadlock" }

local a, b = threading.Lock { name = "a" }, threading.Lock { name = "b" }
local met = threading.Barrier(2)
local function both(mine, other)
  return function()
    mine:acquire()
    met:wait()
    other:acquire()
  end
end

local one = threading.Thread { target = both(a, b) }
local two = threading.Thread { target = both(b, a) }
local last = threading.Thread { target = function() time.sleep(0.05) end }
one:start() two:start() last:start()
one:join()
