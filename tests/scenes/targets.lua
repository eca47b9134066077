-- run: check
-- run: check --gil off
-- run: check --clock real
-- run: check --clock real --gil off
-- status: 1
-- says: Exception in thread number: TypeError: 'number' object is not callable
-- says: Exception in thread string: TypeError: 'string' object is not callable
-- says: Exception in thread table: TypeError: 'table' object is not callable
-- says: Exception in thread lock: TypeError: 'Lock' object is not callable
-- says: 4 fail
scene { title = "Thread without a target, and with one that cannot be called" }

local function run(thread)
  thread:start() thread:join()
  check(not thread:is_alive(), thread.name .. " began and ended")
end

run(threading.Thread {})
run(threading.Thread())
run(threading.Thread { args = { 1, 2 }, name = "arguments for nobody" })
local results = queue.Queue()
local callable = setmetatable({}, { __call = function(self, a, b) results:put(a + b) end })
run(threading.Thread { target = callable, args = { 3, 4 } })
check(results:get(false) == 7, "a table with __call is called")

-- As in CPython it is the thread that fails, not who made it.
run(threading.Thread { target = 5, name = "number" })
run(threading.Thread { target = "x", name = "string", args = { 1 } })
run(threading.Thread { target = { 1 }, name = "table" })
run(threading.Thread { target = threading.Lock(), name = "lock" })
