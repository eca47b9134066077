#!/usr/bin/env bash
# Where Lua itself goes by addresses and the time: the same run gives the same bytes all the same.
. "${GS_SOURCE:?}/tests/support/cmd.bash" || exit
same() {
    cat >"$here/scene.lua"
    try 0 run --print json "$here/scene.lua"
    mv "$here/out" "$here/first"
    for _ in 1 2 3; do
        try 0 run --print json "$here/scene.lua"
        cmp "$here/first" "$here/out" || fail "a run differs from the first"
    done
}

same <<'LUA'
scene { title = "Formatted addresses" }
print(("%s %s"):format({}, print), string.format("%-20s|%5d", function() end, 7))
for _, thing in ipairs { threading.Lock(), threading.Thread {}, interpreters.create(), threading } do
  print(pcall(function() return thing[{}] end))
  print(pcall(function() thing[print] = 1 end))
end
LUA

same <<'LUA'
scene { title = "Comparisons and ties of a sort" }
local comparisons, t = 0, {}
for i = 1, 2000 do t[i] = { key = math.min(i, 2000 - i) // 3, place = i } end
table.sort(t, function(a, b) comparisons = comparisons + 1 return a.key < b.key end)
local order = {}
for i, v in ipairs(t) do order[i] = v.place end
print(comparisons, table.concat(order, " "))
LUA

same <<'LUA'
scene { title = "Seeds" }
local function numbers() return math.random(1000000), math.random(1000000) end
local before, first = numbers()
math.randomseed()
local second = numbers()
math.randomseed()
local third = numbers()
print(before, first, second, third)
check(first ~= second and second ~= third and before ~= second, "each seed is another one")
math.randomseed(7)
first = numbers()
math.randomseed(7)
check(first == numbers(), "but for one that is given")
local ok, message = pcall(function() return math.randomseed("x") end)
check(message:find("number expected, got string", 1, true), message)
LUA

same <<'LUA'
scene { title = "Keys" }
local set = { alpha = 1, beta = 2, gamma = 3, [true] = 4, [none] = 5 }
for i = 1, 8 do set[threading.Event("E" .. i)] = i end
for k in next, set do print(k) end
for k in pairs(set) do print(k) end
LUA

same <<'LUA'
scene { title = "What cannot be carried, and what the copies look like" }
local sub, co = interpreters.create(), coroutine.create(print)
print(pcall(sub.call, sub, function() end, { a = co, b = co, c = co, d = co }))
x1, x2, x3, x4 = co, co, co, co
print(pcall(sub.call, sub, function() return x1, x2, x3, x4 end))
LUA

# What looks for mistakes has its blocks from malloc, where their addresses differ.
[[ ${GS_POOLED-yes} == yes ]] || finish

same <<'LUA'
scene { title = "Tables, functions, coroutines and what the libraries have as keys" }
local set, n = {}, 0
local function add(key)
  n = n + 1
  set[key] = n
end
for i = 1, 60 do
  add {}
  add(function() return i end)
  add(coroutine.create(print))
end
for _, library in ipairs { string, table, math, utf8, threading, queue, time, _G } do
  for _, f in pairs(library) do if type(f) == "function" and not set[f] then add(f) end end
end
for _, thing in ipairs { threading.Lock(), queue.Queue(), interpreters.create() } do
  for _, name in ipairs { "acquire", "release", "put", "get", "join", "call", "close" } do
    local ok, method = pcall(function() return thing[name] end)
    if ok then add(method) end
  end
end
add((ipairs {}))
add((pairs {}))
for i = 1, 20 do set[{}] = nil end
local order = {}
for _, i in pairs(set) do order[#order + 1] = i end
print(table.concat(order, " "))
LUA

same <<'LUA'
scene { title = "Weak tables" }
local weak = setmetatable({}, { __mode = "k" })
local function work(step)
  for i = 1, 4000 do
    weak[{}] = { i }
    weak[function() return i end] = ("x"):rep(i % 50)
    if i % step == 0 then
      local count = 0
      for _ in pairs(weak) do count = count + 1 end
      print(count)
    end
  end
end
for step = 300, 500, 100 do threading.Thread { target = work, args = { step } }:start() end
LUA

same <<'LUA'
scene { title = "What memory there is, and when the collector comes" }
local function work(name)
  local t = {}
  for round = 1, 30 do
    for i = 1, 200 do t[name .. i * round % 977] = { i } end
    for i = 1, 200, 2 do t[name .. i * round % 977] = nil end
    print(memory(), collectgarbage "count", next(t))
  end
  collectgarbage()
  print(memory(), collectgarbage "count")
end
local sub = interpreters.create()
for i = 1, 3 do threading.Thread { target = work, args = { "key" .. i } }:start() end
threading.Thread { target = sub.call, args = { sub, work, "other" } }:start()
for i = 1, 20 do
  local thread = threading.Thread { target = function() return {} end }
  thread:start()
  time.sleep(0.0001 * i)
end
LUA

# What a function of many upvalues is hashed by, and whether a text is still known as the name of an
# earlier chunk.
same <<'LUA'
scene { title = "Functions of many upvalues as keys" }
local names, set = {}, {}
for i = 1, 100 do names[i] = "u" .. i end
local list = table.concat(names, ", ")
local make = load("local " .. list .. " return function() return " .. list .. " end")
for i = 1, 50 do set[make()] = i end
for _, i in pairs(set) do print(i) end
LUA

same <<'LUA'
scene { title = "The same text loaded again and again" }
local names = { string.rep("=name", 20), string.rep("@name", 20), nil }
for i = 1, 300 do
  local text = ("return %d -- as long as a text must be to be kept as it is"):format(i)
  for k = 1, 3 do
    local before = memory()
    local chunk = load(text, names[k])
    print(memory() - before, load(text, names[k])() == chunk())
  end
end
for i = 1, 300 do
  local thread, name = threading.Thread { name = string.rep("name " .. i, 20) }, ""
  local before = memory()
  for _ = 1, 10 do name = thread.name end
  print(memory() - before)
end
local longest = ("x"):rep(100)
for _, name in ipairs { "=" .. longest, "@" .. longest, longest, longest .. "\n", "y\n" .. longest } do
  local _, message = load("(", name)
  print(#message < 100 and message)
end
LUA

finish
