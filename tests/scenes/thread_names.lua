-- run: check
-- run: check --gil off
-- run: check --clock real
-- says: Exception in thread Thread-12 (fails)
-- status: 1
scene { title = "What threads are called when nobody names them, as in CPython 3.12", cores = 2 }

local function is_called(name, arguments)
  local thread = threading.Thread(arguments)
  check(thread.name == name, ("%s: %s"):format(name, thread.name))
  return thread
end

local function work() end
function of_all() end
local assigned = function() end
local Pool = { fields = function() end }
function Pool:method() end
function Pool.static() end
local alias = work
local functional, Job = function() end, setmetatable({}, { __call = work })

is_called("Thread-1 (work)", { target = work })
is_called("x", { target = work, name = "x" })
is_called("Thread-2", {})
is_called("Thread-3", { target = function() work() end })
is_called("Thread-4 (method)", { target = Pool.method, args = { Pool } })
is_called("Thread-5 (sleep)", { target = time.sleep })
is_called("Thread-6", { target = Job })
is_called("Thread-7 (work)", { name = "", target = alias })
for place, target in ipairs { of_all, assigned, Pool.fields, Pool.static } do
  local names = { "of_all", "assigned", "fields", "static" }
  is_called(("Thread-%d (%s)"):format(7 + place, names[place]), { target = target })
end
local function fails() error("on purpose") end
is_called("Thread-12 (fails)", { target = fails }):start()
is_called("Thread-13", { target = load("return function() end")() })
-- Two on one line cannot be told apart: better no name than the other's.
local a = function() end local b = function() end
is_called("Thread-14", { target = b })
check(threading.current_thread().name == "MainThread", "the main thread")
