-- status: 1
-- says: errors.lua:12: oops
-- says: Exception in thread worker
-- says: Exception in thread Thread-1 (error): the error is a table
-- says: Exception in thread Thread-2 (error): an error of its own kind
-- says: errors.lua:25: the error is a table
-- says: errors.lua:26: ModuleNotFoundError: no module named 'numpy'
scene { title = "Uncaught errors end their thread, and the run ends with 1", cores = 2 }

local function bad()
  local x = 1
  error("oops")
end

-- A thread ends, the others go on.
local t = threading.Thread { target = bad, name = "worker" }
t:start() t:join()
check(not t:is_alive(), "the thread ended")
local function raises(what)
  local thread = threading.Thread { target = error, args = { what } }
  thread:start() thread:join()
end
raises { code = 1 }
raises(setmetatable({}, { __tostring = function() return "an error of its own kind" end }))
threading.Thread { target = function() error({}) end }:start()
require "numpy"
