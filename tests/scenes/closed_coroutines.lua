-- run: check
-- run: check --gil 2.7
-- run: check --gil off
-- run: check --clock real
-- run: check --clock real --gil off
scene { title = "A coroutine that is closed leaves what it is in, as Python's generators do", cores = 2 }

local function suspended(fn, ...)
  local co = coroutine.create(fn)
  local ok, message = coroutine.resume(co, ...)
  check(ok and coroutine.status(co) == "suspended", message or "it has yielded")
  return co
end

local lock, recursive = threading.Lock(), threading.RLock()
local condition, slots = threading.Condition(), threading.BoundedSemaphore(1)
local function free()
  local taken = not lock:locked() and not recursive:locked()
  for _, one in ipairs { condition, slots } do
    taken = one:acquire(false) and taken
    one:release()
  end
  return taken
end
local function inside()
  lock:with(function() recursive:with(function() condition:with(function() slots:with(function()
    coroutine.yield()
    error("too late")
  end) end) end) end)
end

local co = suspended(inside)
check(lock:locked() and recursive:locked() and not slots:acquire(false), "all are held over a yield")
check(coroutine.close(co) and free(), "and let go of")
co = suspended(inside)
local ok, message = coroutine.resume(co)
check(not ok and message:match("closed_coroutines.lua:%d+: too late$"), message)
check(free() and coroutine.close(co) == false and free(), "an error leaves once")

co = suspended(function() return lock:with(function(...) return coroutine.yield(...) end, 1, 2) end)
ok, message = coroutine.resume(co, 3, nil)
check(ok and message == 3 and free(), "the end leaves once, and its results come through")
check(coroutine.close(co) and free(), "there is nothing left to close")

-- What is in it is closed first.
local held
co = suspended(lock.with, lock, function()
  local inner <close> = setmetatable({}, { __close = function() held = lock:locked() end })
  coroutine.yield()
end)
check(coroutine.close(co) and held and free(), "from the inside out")

-- An error in a wrapped one closes it.
held = nil
ok, message = pcall(coroutine.wrap(function()
  local inner <close> = setmetatable({}, { __close = function() held = lock:locked() end })
  error("broken")
end))
check(not ok and message:find("broken", 1, true) and held == false, "an error closes what is open")

-- As CPython: the release is what fails then.
co = suspended(lock.with, lock, coroutine.yield)
lock:release()
ok, message = coroutine.close(co)
check(ok == false and message == "RuntimeError: release unlocked lock", tostring(message))
co = suspended(function() lock:with(coroutine.yield) end)
lock:release()
ok, message = coroutine.resume(co)
check(ok == false and message:match("closed_coroutines.lua:%d+: RuntimeError: release unlocked lock"),
  message)
check(coroutine.close(co) == false and free(), "once")

-- Who closes it need not be who took it; an RLock belongs to its owner.
if sys._is_gil_enabled() then
  co = suspended(lock.with, lock, coroutine.yield)
  local t = threading.Thread { target = coroutine.close, args = { co } }
  t:start() t:join()
  check(free(), "another thread closes it")
  co = suspended(recursive.with, recursive, coroutine.yield)
  t = threading.Thread { target = function() ok, message = coroutine.close(co) end }
  t:start() t:join()
  check(not ok and message == "RuntimeError: cannot release un-acquired lock", tostring(message))
  recursive:release()
end

-- The round whose action goes no further breaks.
local barrier = threading.Barrier(1, coroutine.yield)
co = suspended(barrier.wait, barrier)
check(coroutine.close(co) and barrier.broken, "an action left breaks the barrier")
barrier:reset()
co = suspended(barrier.wait, barrier)
ok, message = coroutine.resume(co)
check(ok and message == 0 and not barrier.broken, "one that ends does not")
check(coroutine.close(co) and not barrier.broken, "nor is it closed again")

local generate = coroutine.wrap(function() for i = 1, 3 do lock:with(coroutine.yield, i) end end)
check(generate() + generate() + generate() == 6 and generate() == nil and free(), "wrap")
