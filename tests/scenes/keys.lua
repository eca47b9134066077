scene { title = "next goes through a table as pairs does" }

local function joined(t, iterator)
  local keys = {}
  for k, v in iterator, t do
    keys[#keys + 1] = tostring(k)
    assert(rawequal(t[k], v))
  end
  return table.concat(keys, " ")
end
local function is(expected, t)
  check(joined(t, next) == expected, ("next: %s, not %s"):format(expected, joined(t, next)))
  check(joined(t, (pairs(t))) == expected, "pairs: " .. joined(t, (pairs(t))))
end
local function locks(names)
  local set = {}
  for name in names:gmatch("%S+") do set[threading.Lock(name)] = name end
  return set
end

check(next {} == nil and next({ 5 }) == 1 and next({ 5 }, 1) == nil, "none and one")
is("1 2 3 4", { "a", "b", "c", "d" })
is("1 2.5 3 apple mango zebra true false",
  { zebra = 1, [true] = 1, apple = 2, [3] = 3, [1] = 1, [2.5] = 2, [false] = 5, mango = 3 })
is("9007199254740992 9007199254740993", { [(1 << 53) + 1] = 1, [1 << 53] = 2 })
is("<Lock zeta> <Lock alpha> <Lock mu>", locks "zeta alpha mu")
is("7 <Interpreter b> <Interpreter a> <Event last>", {
  [interpreters.create { name = "b" }] = 1, [interpreters.create { name = "a" }] = 2,
  [threading.Event("last")] = 3, [7] = 4 })
is("None", { [none] = true })

-- Tables go last, whatever their order is, and each of them once.
local mixed, seen = { x = 1, y = 2 }, 0
for i = 1, 50 do mixed[{}] = i end
for k, v in next, mixed do
  if type(k) == "table" then seen = seen + v else check(seen == 0, "before the tables: " .. k) end
end
check(seen == 1275, "each table once")

-- What is there may be deleted on the way, and changed.
local function drain(t)
  local count = 0
  for k in next, t do
    t[k] = nil
    count = count + 1
  end
  check(next(t) == nil, "all gone")
  return count
end
local function fill(key)
  local t = {}
  for i = 1, 100 do t[key(i)] = i end
  return t
end
check(drain(fill(function(i) return i end)) == 100, "a list is drained")
check(drain(fill(function(i) return "k" .. i end)) == 100, "a table is drained")
check(drain(fill(function() return {} end)) == 100, "a set of tables is drained")
check(drain(fill(threading.Lock)) == 100, "a set of locks is drained")
local others = fill(function(i) return "k" .. i end)
for k in next, others do
  for other in next, others do
    if other ~= k then others[other] = nil end
  end
end
check(next(others) == "k1" and next(others, "k1") == nil, "the others are gone")

-- Several loops over one table, within each other and in turn.
local t, pairs_seen = fill(function(i) return "k" .. i end), 0
for a in next, t do
  for b in next, t do
    if a < b then pairs_seen = pairs_seen + 1 end
  end
end
check(pairs_seen == 4950, "loops within each other")
local a, b, steps = next(t), next(t, (next(t))), 0
while b do
  assert(next(t, a) == b)
  a, b, steps = b, next(t, b), steps + 1
end
check(steps == 99, "two loops in turn")
for k in next, t do if k == "k2" then break end end
t.k1, t.k10, t.k100, t.k11 = nil, nil, nil, nil
t.k20 = nil
t.k200 = 0
local found = false
for k in next, t do found = found or k == "k200" end
check(found, "a new loop does not go on with an old one")

local function fails(text, ...)
  local arguments = { ... }
  local ok, message = pcall(function() return (next(table.unpack(arguments))) end)
  check(not ok and message:find(text, 1, true), text)
end
fails("bad argument #1 to 'next' (table expected, got no value)")
fails("invalid key to 'next'", t, {})
