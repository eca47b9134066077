scene { title = "Semaphore, BoundedSemaphore, Event: what they promise", cores = 4 }

local function fails(text, fn, ...)
  local ok, message = pcall(fn, ...)
  check(not ok and tostring(message):find(text, 1, true), "raises " .. text)
end

local s = threading.Semaphore(2)
check(s:acquire() and s:acquire() and not s:acquire(false), "two units")
check(not s:acquire(true, 0.1), "not in time")
check(s:acquire(true, -1) == false, "a limit below 0 is over")
fails("ValueError: can't specify timeout for non-blocking acquire", s.acquire, s, false, 1)
s:release(3)
check(s:acquire() and s:acquire() and s:acquire() and not s:acquire(false), "three given back")
fails("ValueError: n must be at least 1", s.release, s, 0)
fails("ValueError: semaphore initial value must be at least 0", threading.Semaphore, -1)

local b = threading.BoundedSemaphore(1)
fails("ValueError: Semaphore released too many times", b.release, b)
fails("oops", b.with, b, function() error("oops") end)
check(b:acquire(false), "with gave it back")

local inside, most = 0, 0
local five = threading.Semaphore { value = 3, name = "three" }
local threads = {}
for i = 1, 9 do
  threads[i] = threading.Thread { target = function()
    five:with(function()
      inside = inside + 1
      most = math.max(most, inside)
      time.sleep(0.1)
      inside = inside - 1
    end)
  end }
  threads[i]:start()
end
for _, t in ipairs(threads) do t:join() end
check(most == 3, "three at a time: " .. most)

local event = threading.Event()
check(not event:is_set() and event:wait(0.05) == false, "not set: the limit")
local woken = {}
local waiters = {}
for i = 1, 3 do
  waiters[i] = threading.Thread { target = function()
    woken[i] = event:wait()
  end }
  waiters[i]:start()
end
time.sleep(0.1)
event:set()
event:clear() -- whoever waited has been woken all the same
for _, t in ipairs(waiters) do t:join() end
check(woken[1] and woken[2] and woken[3], "a set wakes all, even if cleared at once")
check(not event:is_set(), "cleared")
event:set()
check(event:wait(0) and event:wait(), "who comes later does not wait")
