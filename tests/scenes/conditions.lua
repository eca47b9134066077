scene { title = "Condition, Barrier: what they promise", cores = 4 }

local function fails(text, fn, ...)
  local ok, message = pcall(fn, ...)
  check(not ok and tostring(message):find(text, 1, true), "raises " .. text)
end
local function start(fn, ...)
  local t = threading.Thread { target = fn, args = { ... } }
  t:start()
  return t
end

local c = threading.Condition()
fails("RuntimeError: cannot wait on un-acquired lock", c.wait, c)
fails("RuntimeError: cannot notify on un-acquired lock", c.notify, c)
fails("TypeError: lock must be a Lock or an RLock", threading.Condition, 7)

c:acquire() c:acquire() -- an RLock: a wait lets go of both
local waited
local t = start(function() c:with(function() c:notify() end) end)
local took = measure(function() waited = c:wait(5) end)
check(waited == true and took < 0.01, "notified")
check(c:wait(0.2) == false, "nobody notifies: the limit")
c:release() c:release()
fails("RuntimeError: cannot release un-acquired lock", c.release, c)
t:join()

local lock = threading.Lock()
local one, two = threading.Condition(lock), threading.Condition { lock = lock, name = "two" }
local log = {}
local function sleeper(condition, name)
  condition:with(function()
    condition:wait()
    log[#log + 1] = name
  end)
end
local a, b, d = start(sleeper, one, "a"), start(sleeper, one, "b"), start(sleeper, two, "d")
time.sleep(0.1)
lock:with(function() two:notify_all() end)
d:join()
lock:with(function() one:notify() end)
a:join()
lock:with(function() one:notify(5) end)
b:join()
check(table.concat(log) == "dab", "two conditions of one lock: " .. table.concat(log))

-- Python wakes nobody for 0, and nobody for less.
for _, nobody in ipairs { 0, -1, math.mininteger } do
  t = start(sleeper, one, nobody)
  time.sleep(0.1)
  lock:with(function() one:notify(nobody) end)
  time.sleep(0.1)
  check(#log == 3 and t:is_alive(), "notify(" .. nobody .. ") wakes nobody")
  lock:with(function() one:notify(math.maxinteger) end)
  t:join()
  log[4] = nil
end
lock:with(function() fails("TypeError: n must be a whole number", one.notify, one, 0.5) end)
fails("RuntimeError: cannot notify on un-acquired lock", one.notify, one, 0)

local ready = false
t = start(function() time.sleep(0.1) lock:with(function() ready = true one:notify_all() end) end)
lock:with(function()
  check(one:wait_for(function() return ready end, 3), "wait_for: true at last")
  check(not one:wait_for(function() return false end, 0.05), "wait_for: the limit")
end)

-- An argument by itself is a table of keywords unless it is an object.
local callable = setmetatable({}, { __call = function() return ready end })
lock:with(function() check(one:wait_for(callable), "wait_for: an object that can be called") end)

-- As CPython: the time begins behind the first look, one wait comes before the next.
fails("RuntimeError: cannot wait on un-acquired lock", one.wait_for, one, function() end, 0)
fails("ValueError: Invalid value NaN", one.wait_for, one, function() end, 0 / 0)
local looks = 0
local function slowly()
  looks = looks + 1
  time.sleep(0.3)
  return looks == 3
end
lock:with(function()
  took = measure(function() check(not one:wait_for(slowly, 0.2), "wait_for: too slow") end)
  check(looks == 2 and took > 0.8 and took < 0.81, ("%d looks, %.3f s"):format(looks, took))
  looks = 0
  one:wait_for(slowly, 0)
  check(looks == 2, "wait_for: with no time, too, " .. looks .. " looks")
end)

-- Barriers.
local actions, indices = 0, {}
local barrier = threading.Barrier(3, function() actions = actions + 1 end)
local threads = {}
for i = 1, 6 do
  threads[i] = start(function() indices[i] = barrier:wait() end)
end
for i = 1, 6 do threads[i]:join() end
table.sort(indices)
check(table.concat(indices) == "001122", "two rounds: " .. table.concat(indices))
check(actions == 2 and barrier.n_waiting == 0 and barrier.parties == 3, "an action a round")

local broken = 0
local function meet(limit)
  local ok, message = pcall(barrier.wait, barrier, limit)
  if not ok and message:find("threading.BrokenBarrierError", 1, true) then broken = broken + 1 end
end
t = start(meet)
meet(0.1)
t:join()
check(broken == 2 and barrier.broken, "a time limit breaks it for all")
meet()
check(broken == 3, "and for who comes later")
barrier:reset()
check(not barrier.broken, "until it is reset")
t = start(meet)
time.sleep(0.01)
check(barrier.n_waiting == 1, "one waits")
barrier:abort()
t:join()
check(broken == 4, "abort")

local bad = threading.Barrier { parties = 2, action = function() error("no") end, timeout = 1 }
t = start(function() fails("BrokenBarrierError", bad.wait, bad) end)
time.sleep(0.01)
fails("no", bad.wait, bad)
t:join()
