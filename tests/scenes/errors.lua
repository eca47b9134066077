-- status: 1
-- says: errors.lua:9: oops
-- says: Exception in thread worker
-- says: errors.lua:16: ModuleNotFoundError: no module named 'numpy'
scene { title = "Uncaught errors end their thread, and the run ends with 1", cores = 2 }

local function bad()
  local x = 1
  error("oops")
end

-- A thread ends, the others go on.
local t = threading.Thread { target = bad, name = "worker" }
t:start() t:join()
check(not t:is_alive(), "the thread ended")
require "numpy"
