-- run: check
-- run: check --gil off
-- run: check --gil 2.7
scene { title = "Barrier: nothing comes between a full round and its end", cores = 4 }

-- CPython holds the barrier's lock while the action runs: whoever wants it, be it to give up, to
-- reset or to abort, gets it behind the action, and finds a round that has passed.
local function start(fn, ...)
  local t = threading.Thread { target = fn, args = { ... } }
  t:start()
  return t
end
local function failing_action() time.sleep(1) error("no") end

-- How a round of two ends whose action takes a second, from 0.1 s on.
local function meet(barrier)
  local met = {}
  local t = start(function() met[2] = pcall(barrier.wait, barrier) end)
  time.sleep(0.1)
  met[1] = pcall(barrier.wait, barrier)
  t:join()
  return met[1], met[2]
end
local function slow(options)
  options.parties = 2
  options.action = options.action or function() time.sleep(1) end
  return threading.Barrier(options)
end
local function passes(what, barrier)
  local one, other = meet(barrier)
  check(one and other, what .. " breaks no full round")
end
-- Calls the method in the middle of the action; how long that takes.
local function disturb(barrier, method)
  return start(function()
    time.sleep(0.5)
    local took = measure(barrier[method], barrier)
    check(took > 0.59 and took < 0.61, ("%s waits for the action: %.3f s"):format(method, took))
  end)
end

local barrier = slow { timeout = 0.5 }
passes("a time limit that comes while the action runs", barrier)
check(not barrier.broken, "nor the barrier")

barrier = slow {}
local t = disturb(barrier, "reset")
passes("reset", barrier)
t:join()
check(not barrier.broken, "not broken by reset")

barrier = slow {}
t = disturb(barrier, "abort")
passes("abort", barrier)
t:join()
check(barrier.broken, "abort breaks the next one")

barrier = slow { action = failing_action, timeout = 0.5 }
local one, other = meet(barrier)
check(not one and not other and barrier.broken, "an action that fails breaks its own")

barrier = slow { action = failing_action }
t = disturb(barrier, "reset")
one, other = meet(barrier)
t:join()
check(not one and not other and not barrier.broken, "reset comes behind that, too")

-- Who looks needs no lock.
barrier = slow { action = function() check(not barrier.broken, "the action itself may look") end }
passes("a look", barrier)
