scene { title = "Lock, RLock: what they promise", cores = 2 }

local function fails(text, fn, ...)
  local ok, message = pcall(fn, ...)
  check(not ok and tostring(message):find(text, 1, true), "raises " .. text)
  return message
end

local lock = threading.Lock { name = "a" }
check(tostring(lock) == "<Lock a>" and lock.name == "a", "a name")
check(not lock:locked(), "free at first")
local message = fails("RuntimeError: release unlocked lock", function() lock:release() end)
check(message:find("locks.lua:12:", 1, true), "with file and line: " .. message)
check(lock:acquire() == true and lock:locked(), "taken")
check(lock:acquire(false) == false, "not twice")
local took = measure(function() check(lock:acquire(true, 0.25) == false, "not in time") end)
check(took >= 0.25 and took < 0.251, ("after the time limit: %.6f"):format(took))
check(lock:acquire { timeout = 0 } == false, "a limit of 0 does not wait")
fails("ValueError: can't specify a timeout for a non-blocking call", lock.acquire, lock, false, 1)
fails("ValueError: timeout value must be a non-negative number", lock.acquire, lock, true, -3)
fails("OverflowError: timeout value is too large", lock.acquire, lock, true, math.huge)
fails("TypeError: unexpected keyword argument 'tiemout'", lock.acquire, lock, { tiemout = 1 })
fails("AttributeError: cannot set 'owner' of a Lock", function() lock.owner = 1 end)
lock:release()

check(select("#", lock:with(function(...) return ... end, 1, nil, 3)) == 3, "with passes values on")
fails("oops", lock.with, lock, function() error("oops") end)
check(not lock:locked(), "with lets go after an error")
local co = coroutine.wrap(function() lock:with(function() coroutine.yield(1) end) return 2 end)
check(co() == 1 and lock:locked() and co() == 2 and not lock:locked(), "with holds over a yield")

local r = threading.RLock()
check(r.name == "RLock 1", "named by count: " .. r.name)
check(r:acquire() and r:acquire(), "taken again by its owner")
local other = threading.Thread { target = function()
  check(r:acquire(false) == false, "not by another")
  fails("RuntimeError: cannot release un-acquired lock", r.release, r)
end }
other:start() other:join()
r:release()
check(r:locked(), "still held after one release")
r:release()
fails("RuntimeError: cannot release un-acquired lock", r.release, r)

-- Whoever waits goes first come, first served, and a plain Lock may be released by anybody.
local order = {}
lock:acquire()
local threads = {}
for i = 1, 3 do
  threads[i] = threading.Thread { target = function()
    lock:acquire()
    order[#order + 1] = i
    lock:release()
  end }
  threads[i]:start()
  time.sleep(0.01)
end
local opener = threading.Thread { target = function() lock:release() end }
opener:start()
for _, t in ipairs(threads) do t:join() end
check(table.concat(order) == "123", "in their order: " .. table.concat(order))
