scene { title = "Thread: what it promises", cores = 2 }

local function fails(text, fn, ...)
  local ok, message = pcall(fn, ...)
  check(not ok and tostring(message):find(text, 1, true), "raises " .. text)
end

local seen
local t = threading.Thread { target = function(a, b) seen = a .. b end, args = { "x", "y" } }
check(t.name == "Thread-1" and tostring(t) == "<Thread Thread-1>", "named by count: " .. t.name)
check(not t:is_alive(), "not alive before it starts")
fails("RuntimeError: cannot join thread before it is started", t.join, t)
t:start()
t:join()
check(seen == "xy" and not t:is_alive(), "ran with its arguments")
fails("RuntimeError: threads can only be started once", t.start, t)

local main = threading.current_thread()
check(main.name == "MainThread" and main == threading.current_thread() and main:is_alive(), "main")
fails("RuntimeError: cannot join current thread", main.join, main)
local named = threading.Thread { name = "worker", target = function()
  check(threading.current_thread().name == "worker", "current_thread inside")
  check(threading.current_thread() ~= main, "is not main")
  fails("RuntimeError: cannot join current thread", threading.current_thread().join,
    threading.current_thread())
end }
named:start() named:join()

local slow = threading.Thread { target = time.sleep, args = { 1 } }
slow:start()
local took = measure(function() slow:join(0.25) end)
check(slow:is_alive() and took >= 0.25 and took < 0.251, "join with a limit")
slow:join()
check(time.perf_counter() > 1, "join without")
fails("RuntimeError: cannot set daemon status of active thread",
  function() slow.daemon = true end)

fails("TypeError: unexpected keyword argument 'arg'", threading.Thread, { target = print, arg = {} })
fails("AttributeError: cannot set 'name' of a Thread: its lane keeps the name it began with",
  function() named.name = "another" end)
fails("AttributeError: cannot set 'target' of a Thread", function() named.target = print end)
check(named.name == "worker", "its name is what it was")

local forever = threading.Thread { target = function() time.sleep(1000) end, daemon = true }
check(forever.daemon, "a daemon")
forever:start() -- the run does not wait for it
local child
local d = threading.Thread { daemon = true, target = function()
  child = threading.Thread { target = print }
end }
d:start() d:join()
check(child.daemon, "a daemon's threads are daemons")
