scene { title = "table.sort is stable, and takes as many comparisons in each run" }

local function fails(text, fn, ...)
  local ok, message = pcall(fn, ...)
  check(not ok and tostring(message):find(text, 1, true), ("raises %s: %s"):format(text, message))
end
local function sorted(t, less)
  table.sort(t, less)
  return table.concat(t, " ")
end
local function backwards(a, b) return a > b end

check(sorted {} == "" and sorted { 7 } == "7", "nothing to do")
check(sorted { 3, 1, 2 } == "1 2 3" and sorted { "b", "a", "B" } == "B a b", "numbers and texts")
check(sorted({ 1, 2.5, 2, 3 }, backwards) == "3 2.5 2 1", "by a function")

-- Many ties, at every length.
local wrong
for length = 2, 300 do
  local t = {}
  for i = 1, length do t[i] = { key = i * 7919 % 13, place = i } end
  table.sort(t, function(a, b) return a.key < b.key end)
  for i = 2, length do
    local a, b = t[i - 1], t[i]
    if a.key > b.key or (a.key == b.key and a.place >= b.place) then wrong = length end
  end
end
check(not wrong, "equals keep their order: not so among " .. tostring(wrong))

-- The pivots of Lua's own sort of this one come from the time.
local count, pipe = 0, {}
for i = 1, 20000 do pipe[i] = math.min(i, 20000 - i) end
table.sort(pipe, function(a, b) count = count + 1 return a < b end)
local ordered = true
for i = 2, #pipe do ordered = ordered and pipe[i - 1] <= pipe[i] end
check(ordered and count < 300000, "sorted with " .. count .. " comparisons")
count = 0
table.sort(pipe, function(a, b) count = count + 1 return a < b end)
check(count < 60000, "sorted already: " .. count .. " comparisons")

-- Whatever a function says: the values stay the same ones.
for _, odd in ipairs {
  function() return true end, function() return false end,
  function() return math.random(2) == 1 end, function(a, b) return a <= b end,
} do
  local t, sum = {}, 0
  for i = 1, 500 do t[i] = i % 50 end
  table.sort(t, odd)
  for _, v in ipairs(t) do sum = sum + v end
  check(#t == 500 and sum == 12250, "an order that is none")
end

fails("sorting.lua:53: odd", table.sort, { 3, 2, 1 }, function() error("odd") end)
fails("attempt to compare", table.sort, { 1, "x" })
fails("attempt to compare two table values", table.sort, { {}, {} })
fails("attempt to yield across", coroutine.wrap(table.sort), { 2, 1 }, coroutine.yield)
fails("table expected, got nil", table.sort, nil)
fails("function expected, got number", table.sort, { 2, 1 }, 5)
fails("array too big", table.sort, setmetatable({}, { __len = function() return 1 << 40 end }))
local behind = { 3, 1, 2 }
local proxy = setmetatable({}, { __len = function() return 3 end,
  __index = behind, __newindex = function(_, k, v) behind[k] = v end })
table.sort(proxy)
check(table.concat(behind, " ") == "1 2 3", "through metamethods")

-- By their own metamethod, too.
local alike = {}
local by_key = { __lt = function(a, b) return a.key < b.key end }
for i = 1, 100 do alike[i] = setmetatable({ key = i % 3, place = i }, by_key) end
table.sort(alike)
for i = 2, 100 do
  local a, b = alike[i - 1], alike[i]
  wrong = wrong or (a.key == b.key and a.place >= b.place)
end
check(not wrong, "equals keep their order without a function")
