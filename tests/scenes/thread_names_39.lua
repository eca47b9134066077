-- run: check --gil 3.9
-- run: check --gil 2.7
scene { title = "Before 3.10 a thread's name does not tell its target", cores = 2 }

local function work() end
local first, second = threading.Thread { target = work }, threading.Thread { target = work }
check(first.name == "Thread-1" and second.name == "Thread-2", first.name .. ", " .. second.name)
