-- run: check
-- run: check --gil 3.9
scene { title = "A limit of no time keeps the GIL, as in CPython", cores = 2 }

local lock, q, semaphore = threading.Lock(), queue.Queue(), threading.Semaphore(0)
local event, condition, barrier = threading.Event(), threading.Condition(), threading.Barrier(2)
lock:acquire()
condition:acquire()
local sleeper = threading.Thread { target = time.sleep, args = { 0.1 } }
sleeper:start()

-- Who wants the GIL meanwhile has it as soon as it is let go.
local seen = 0
local function looks() while not event:is_set() do seen = seen + 1 time.sleep(0) end end
local watcher = threading.Thread { target = looks }

local function keeps(what, fn)
  local before = seen
  for _ = 1, 5 do fn() end
  check(seen == before, what .. " keeps the GIL")
end

watcher:start()
keeps("wait(0)", function() check(not event:wait(0), "no event") end)
keeps("acquire(timeout=0)", function() check(not lock:acquire { timeout = 0 }, "no lock") end)
keeps("a semaphore", function() check(not semaphore:acquire { timeout = 0 }, "no unit") end)
keeps("get(timeout=0)", function() check(not pcall(q.get, q, true, 0), "no item") end)
keeps("join(0)", function() sleeper:join(0) end)
keeps("join(-1)", function() sleeper:join(-1) end)
keeps("a condition", function() check(not condition:wait(0), "no notification") end)
keeps("wait_for(0)", function() check(not condition:wait_for(function() end, 0), "not so") end)
keeps("a barrier", function() check(not pcall(barrier.wait, barrier, 0), "broken") end)
check(barrier.broken, "no time is over at once")
local before = seen
for _ = 1, 50 do time.sleep(0) end
check(seen > before, "sleep(0) lets it go")
before = seen
for _ = 1, 50 do native.compute(0) end
check(seen > before, "so does compute(0)")
event:set()
watcher:join() sleeper:join()
