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

-- Those of a round leave one by one, as they come to run again; until then nobody comes in. One of
-- two waits already, and this thread will be the last.
local function half_full(action)
  local it, met = threading.Barrier(2, action), {}
  local other = start(function() met.ok = pcall(it.wait, it) end)
  time.sleep(0.1)
  return it, met, other
end
local met
barrier, met, t = half_full()
barrier:wait()
barrier:abort()
t:join()
check(not met.ok and barrier.broken, "abort breaks it for those who have not left yet")

barrier, met, t = half_full()
barrier:wait()
check(barrier.n_waiting == 0, "who leaves waits no more")
barrier:reset()
t:join()
check(met.ok and not barrier.broken, "reset is nothing to those who leave")

barrier, met, t = half_full()
barrier:wait()
check(not pcall(barrier.wait, barrier, 0), "a limit of 0 breaks the next round")
t:join()
check(met.ok and barrier.broken, "not the one that has passed")

barrier, met, t = half_full()
barrier:abort()
barrier:reset()
check(not pcall(barrier.wait, barrier, 0.1) and not met.ok, "reset after abort: one is broken, one new")
t:join()
barrier:reset()
check(not barrier.broken and barrier.n_waiting == 0, "and it is whole again")

local at_the_action
barrier, met, t = half_full(function()
  at_the_action = barrier.n_waiting
  time.sleep(1)
end)
local late = start(function()
  time.sleep(0.5)
  local took = measure(function() check(not pcall(barrier.wait, barrier, 0.3), "the limit") end)
  check(took > 0.79 and took < 0.81, ("a limit counts from when one has come in: %.3f s"):format(took))
end)
barrier:wait()
check(at_the_action == 2, "during the action all of them wait")
late:join()
