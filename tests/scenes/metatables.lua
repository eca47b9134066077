-- run: check
-- run: check --gil off --clock real
scene { title = "No metatable that is not the scene's own is within a scene's reach", cores = 2 }

local own = getmetatable("") -- Lua's, and no scene's code runs by it unasked
local seen, exposed = {}, {}
local function inspect(value, path)
  local meta = getmetatable(value)
  if type(meta) == "table" and meta ~= own then exposed[#exposed + 1] = path end
  if type(value) ~= "table" or seen[value] then return end
  seen[value] = true
  for key, item in next, value do inspect(item, path .. "." .. tostring(key)) end
end

inspect(_G, "_G")
inspect(own, "the strings' metatable")
for _, name in ipairs { "io", "os", "debug", "package" } do inspect(_G[name], name) end
for name, make in next, {
  Lock = threading.Lock, RLock = threading.RLock, Semaphore = threading.Semaphore,
  BoundedSemaphore = threading.BoundedSemaphore, Event = threading.Event,
  Condition = threading.Condition, Thread = threading.Thread, Queue = queue.Queue,
  LifoQueue = queue.LifoQueue, PriorityQueue = queue.PriorityQueue,
  create = interpreters.create, create_queue = interpreters.create_queue,
  current_thread = threading.current_thread,
} do
  inspect(make(), name)
end
inspect(threading.Barrier(1), "Barrier")
inspect(sys.version_info, "sys.version_info")
inspect(none, "none")
inspect(coroutine.create(print), "a coroutine")
inspect(coroutine.wrap(print), "a function")
inspect(string.gmatch("a", "."), "an iterator")
inspect(1, "a number")
inspect(true, "a boolean")
inspect(nil, "nil")
check(#exposed == 0, "all are out of reach but for these: " .. table.concat(exposed, ", "))

-- A finalizer would run in whatever thread allocates.
own.__gc = error
check(not pcall(setmetatable, {}, own), "the strings' metatable brings no finalizer in")
check(not pcall(setmetatable, sys, {}), "sys keeps its metatable")
check(not pcall(setmetatable, sys.version_info, {}), "sys.version_info keeps its metatable")
collectgarbage()
