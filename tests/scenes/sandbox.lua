scene { title = "What a scene can reach", cores = 2 }

local function fails(text, fn, ...)
  local ok, message = pcall(fn, ...)
  check(not ok and tostring(message):find(text, 1, true), "raises " .. text)
end

fails("io is not available in a scene", function() return io.open end)
fails("os is not available in a scene", function() return os.execute("true") end)
fails("debug is not available in a scene", function() return debug.sethook end)
fails("package is not available in a scene", function() package.path = "x" end)
fails("dofile is not available in a scene", function() dofile("x") end)
fails("string.dump is not available in a scene", function() string.dump(print) end)
fails("__gc is not available in a scene", setmetatable, {}, { __gc = function() end })
fails("a scene can only", collectgarbage, "stop")
check(collectgarbage("count") > 0 and memory() > 10000, "memory can be measured")
fails("ModuleNotFoundError: no module named 'numpy'; a scene has threading, queue", require, "numpy")
check(require "threading" == threading and require("math") == math, "require knows the modules")

fails("AttributeError: module 'threading' has no attribute 'Timer'",
  function() threading.Timer(1, print) end)
fails("AttributeError: module 'queue' has no attribute 'Empty'", function() return queue.Empty end)
fails("AttributeError: module 'sys' has no attribute 'argv'", function() return sys.argv end)
fails("AttributeError: 'Lock' object has no attribute 'aquire'",
  function() threading.Lock():aquire() end)
fails("sandbox.lua:27: AttributeError: 'Interpreter' object has no attribute 'run'",
  function() interpreters.create():run(print) end)

check(load("return 1 + 1")() == 2, "load takes text")
local chunk, message = load("\27Lua")
check(not chunk and message:find("attempt to load a binary chunk", 1, true), message)
chunk, message = load("\27Lua", "chunk", "b")
check(not chunk and message:find("attempt to load a binary chunk", 1, true), message)
check(load("return x", "chunk", "b", { x = 3 })() == 3, "whatever mode is asked for")
check(getmetatable(threading.Lock()) == "Lock", "metatables are out of reach")
check(rawequal(_G, require("_G")) and print and pcall, "the rest is Lua's")

-- The same in every run.
local keys = {}
for k in pairs { zebra = 1, apple = 2, [3] = 3, [1] = 1, [2.5] = 2, mango = 3 } do
  keys[#keys + 1] = tostring(k)
end
check(table.concat(keys, " ") == "1 2.5 3 apple mango zebra", table.concat(keys, " "))
check(tostring {} == "table: 1" and tostring(print) == "function: 2", "no addresses")
local t = { 1, 2, 3 }
local visited = ""
for k in pairs(t) do
  visited = visited .. k
  t[k + 1] = nil
end
check(visited == "13", "what is gone by its turn is left out: " .. visited)

-- Coroutines are Lua's.
local co = coroutine.create(function(a, b)
  local c = coroutine.yield(a + b)
  error({ c })
end)
local ok, sum = coroutine.resume(co, 1, 2)
check(ok and sum == 3 and coroutine.status(co) == "suspended", "yield and resume")
local failed, err = coroutine.resume(co, 7)
check(failed == false and err[1] == 7, "errors come out of resume")
check(select(2, coroutine.resume(co)) == "cannot resume dead coroutine", "dead")
fails("cannot resume non-suspended coroutine", coroutine.wrap(function()
  error(select(2, coroutine.resume(coroutine.running())))
end))
local closed
co = coroutine.create(function()
  local guard <close> = setmetatable({}, { __close = function() closed = true end })
  coroutine.yield()
end)
coroutine.resume(co)
check(coroutine.close(co) and closed, "close runs what is to be closed")
local generate = coroutine.wrap(function() for i = 1, 3 do coroutine.yield(i) end end)
check(generate() + generate() + generate() == 6, "wrap")
