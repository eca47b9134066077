-- run: check --clock real --gil off
scene { title = "Free-threaded on the real clock: what goes along into a thread", cores = 2 }

local function fails(text, fn, ...)
  local ok, message = pcall(fn, ...)
  check(not ok and tostring(message):find(text, 1, true), ("raises %s: %s"):format(text, message))
end
local function start(target, ...)
  local thread = threading.Thread { target = target, args = { ... } }
  thread:start()
  return thread
end

counter = 0
helper = function(n) counter = counter + n return counter end
local results = queue.Queue()
local shared = { hits = 0 }
start(function(t)
  t.hits = t.hits + 1
  results:put { helper(5), helper(5), t.hits, shared.hits, threading.current_thread().name }
end, shared):join()
local got = results:get()
check(got[1] == 5 and got[2] == 10 and counter == 0, "a global is a copy")
check(got[3] == 1 and got[4] == 1 and shared.hits == 0,
  "a table is a copy, one for argument and captured value")
check(got[5]:find("^Thread%-%d+$"), "it knows its name: " .. got[5])

-- A thread can start threads, and wait for one that another thread started.
local slow = start(function() time.sleep(0.05) results:put("slow") end)
start(function(other)
  start(function() results:put("grandchild") end):join()
  other:join()
  results:put(other:is_alive() and "alive" or "ended")
end, slow):join()
check(results:get() == "grandchild" and results:get() == "slow" and results:get() == "ended",
  "threads of threads")

fails("TypeError: cannot carry args[2].co: a coroutine", start, print, 1,
  { co = coroutine.create(print) })
local co = coroutine.wrap(print)
fails("TypeError: cannot carry co, captured by target: a library's function with a state of its own",
  start, function() co() end)
local barrier = threading.Barrier(1, function() end)
fails("cannot carry args[1]: a Barrier with an action", start, print, barrier)
local unstarted = threading.Thread { target = print }
start(function(t)
  local ok, message = pcall(t.start, t)
  results:put(message)
end, unstarted):join()
local message = results:get()
check(message:find("this thread was made in another interpreter", 1, true), message)
fails("TypeError: cannot carry item: a coroutine", results.put, results, coroutine.create(print))

-- Locks, events and queues are the same ones everywhere.
local lock = threading.Lock()
lock:acquire()
local waiter = start(function() lock:with(function() results:put(lock.name) end) end)
time.sleep(0.01)
lock:release()
waiter:join()
check(results:get() == "Lock 1", "a lock is the same lock")

-- So is a barrier, with the time it gives.
local impatient = threading.Barrier { parties = 2, timeout = 0.05 }
start(function()
  local ok, message = pcall(impatient.wait, impatient)
  results:put(message)
end):join()
message = results:get()
check(message:find("BrokenBarrierError", 1, true) and impatient.broken, message)
