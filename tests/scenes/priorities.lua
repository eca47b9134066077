-- run: check
-- run: check --gil off
-- run: check --gil 2.7
-- run: check --clock real
-- run: check --clock real --gil 3.9
scene { title = "PriorityQueue: the right order or an error", cores = 4, interval = 0.1 }

local function fails(text, fn, ...)
  local ok, message = pcall(fn, ...)
  check(not ok and tostring(message):find(text, 1, true), ("raises %s: %s"):format(text, message))
end
local function start(fn, ...)
  local t = threading.Thread { target = fn, args = { ... } }
  t:start()
  return t
end
local function filled(items)
  local q = queue.PriorityQueue()
  for _, item in ipairs(items) do q:put(item) end
  return q
end
local function drained(q, key)
  local list = {}
  while not q:empty() do
    local item = q:get()
    list[#list + 1] = tostring(key and item[key] or item)
  end
  return table.concat(list, " ")
end

-- What has no order is refused, at the latest where the order is needed.
local unordered = "TypeError: '<' not supported between instances of 'table' and 'table'"
local low = { priority = 3, name = "low" }
local q = filled { low }
fails(unordered .. ": only lists and tables with __lt have an order", q.put, q, { priority = 1 })
fails(unordered, q.put, q, { 1 })
fails(unordered, q.put, q, {})
check(q:qsize() == 1 and q:get() == low, "what was refused is not in there")
q = filled { { 1 } }
fails(unordered, q.put, q, { 1, name = "mixed" })
fails(unordered, q.put, q, { [3] = 1 })
q:put { 0, name = "mixed" }
check(drained(q, 1) == "0 1", "what a list begins with decides")
q = filled { { 1, { a = 1 }, 2 }, { 1, { a = 1 }, 1 } }
fails(unordered, q.put, q, { 1, { a = 1, b = 2 } })
fails(unordered, q.put, q, { 1, { a = 2 } })
fails(unordered, q.put, q, { 1, { b = 1 } })
check(drained(q, 3) == "1 2", "tables with the same keys and values are passed over")
fails("'userdata' and 'userdata'", filled, { threading.Lock(), threading.Lock() })
q = filled { { 1 }, { 2, "x" }, { 2, 5 } }
fails("TypeError: '<' not supported between instances of 'number' and 'string'", q.get, q)
check(q:qsize() == 3, "a get that fails takes nothing")
check(drained(filled { true, false, true }) == "false true true", "false, then true")
check(drained(filled { { 1, true, "b" }, { 1, false, "a" } }, 3) == "a b", "in lists, too")
fails("'boolean' and 'number'", filled, { 1, true })

-- Python asks __lt__; of what is in a tuple __eq__ first.
local asked = 0
local Task = {}
Task.__index = Task
Task.__lt = function(a, b)
  asked = asked + 1
  return a.priority < b.priority
end
local function task(priority, name) return setmetatable({ priority = priority, name = name }, Task) end
check(drained(filled { task(3, "c"), task(1, "a"), task(2, "b") }, "name") == "a b c", "by __lt")
check(asked > 0, "which was asked")
q = filled { { 1, task(2) }, { 1, task(1) }, { 0, task(9) } }
local names = ""
while not q:empty() do names = names .. q:get()[2].priority end
check(names == "912", "in lists: " .. names)
Task.__eq = function(a, b) return a.priority == b.priority end
check(drained(filled { { task(1), "b" }, { task(1), "a" }, { task(0), "c" } }, 2) == "c a b",
  "equal ones are passed over")
Task.__eq = nil

-- What __lt raises comes out of put and get, and nothing has changed.
local angry
local Moody = { __lt = function(a, b)
  if angry then error(angry) end
  return a[1] < b[1]
end }
local function moody(n) return setmetatable({ n }, Moody) end
q = filled { moody(3), moody(1), moody(2), moody(5), moody(4) }
angry = { "an error that is a table" }
for _ = 1, 3 do
  local ok, raised = pcall(q.put, q, moody(0))
  check(not ok and raised == angry, "put raises it")
  ok, raised = pcall(q.get, q)
  check(not ok and raised == angry, "get raises it")
end
angry = "oops"
fails("oops", q.put, q, moody(0))
angry = nil
check(q:qsize() == 5 and drained(q, 1) == "1 2 3 4 5", "as if nobody had asked")
Moody.__lt = function() coroutine.yield() end
q = filled { moody(1) }
fails("attempt to yield across a C-call boundary", coroutine.wrap(q.put), q, moody(2))
check(q:qsize() == 1, "it cannot be suspended")
local full = queue.PriorityQueue(1)
full:put(moody(1))
local putter = start(function() full:put(moody(7)) end)
time.sleep(0.01)
Moody.__lt = function() error("not now") end
full:get()
putter:join()
check(full:get()[1] == 7, "one that waits for room gets it")

-- Threads that meet within a comparison; the queue itself may be used there.
local function race(rest)
  local jobs, got, within = queue.PriorityQueue(), { 0, 0, 0, 0 }, 0
  local Slow = { __lt = function(a, b)
    within = math.max(within, jobs:qsize())
    rest()
    return a[1] < b[1]
  end }
  local threads = {}
  for i = 1, 4 do
    threads[i] = start(function()
      for n = 1, 12 do
        jobs:put(setmetatable({ n * 4 + i }, Slow))
        local taken = n % 3 == 0 and jobs:get()[1] or 0
        got[i] = got[i] + taken -- its own: nothing is lost
      end
    end)
  end
  for _, t in ipairs(threads) do t:join() end
  local left, last, sum = jobs:qsize(), 0, 0
  for _ = 1, left do
    local n = jobs:get()[1]
    check(n > last, ("%d behind %d"):format(n, last))
    last, sum = n, sum + n
  end
  for i = 1, 4 do sum = sum + got[i] end
  check(left == 32 and sum == 1368, "each item once: " .. sum)
  check(within > 1, "the queue was asked within __lt")
end
race(function() time.sleep(0.0001) end)
race(function() for _ = 1, 3000 do end end)

local inner
local Nested = { __lt = function(a, b)
  if inner then
    local item = inner
    inner = nil
    q:put(item)
  end
  return a[1] < b[1]
end }
q = filled { setmetatable({ 2 }, Nested), setmetatable({ 3 }, Nested) }
inner = setmetatable({ 0 }, Nested)
q:put(setmetatable({ 1 }, Nested))
inner = setmetatable({ 4 }, Nested)
check(q:get()[1] == 0 and drained(q, 1) == "1 2 3 4", "put within __lt of put and of get")
