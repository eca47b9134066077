-- run: check
-- run: check --clock real
scene { title = "A thread is started once, whatever its arguments do", cores = 2 }

-- The arguments' length is a scene's own function, and it starts the thread that asks for it.
local thread
local args = setmetatable({ 1, 2 }, { __len = function() thread:start() return 0 end })
local got
thread = threading.Thread { target = function(...) got = select("#", ...) end, args = args }
thread:start()
thread:join()
check(got == 2, "two arguments arrive: " .. tostring(got))
local ok, message = pcall(thread.start, thread)
check(not ok and message:find("threads can only be started once", 1, true), tostring(message))
