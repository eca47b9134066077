-- run: check --clock real --gil off
scene { title = "PriorityQueue of copies: the right order or an error", cores = 4 }

local function fails(text, fn, ...)
  local ok, message = pcall(fn, ...)
  check(not ok and tostring(message):find(text, 1, true), ("raises %s: %s"):format(text, message))
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

check(drained(filled { 3, 1, 2 }) == "1 2 3", "numbers")
check(drained(filled { true, false }) == "false true", "false, then true")
local q = filled { { 1, { a = 1 }, 2 }, { 1, { a = 1 }, 1 } }
local unordered = "TypeError: '<' not supported between instances of 'table' and 'table'"
fails(unordered, q.put, q, { priority = 1 })
check(drained(q, 3) == "1 2", "tables with the same keys and values are passed over")
q = filled { { 1 }, { 2, "x" }, { 2, 5 } }
fails("TypeError: '<' not supported between instances of 'number' and 'string'", q.get, q)
check(q:qsize() == 3, "a get that fails takes nothing")

-- No scene's code can run where the copies are.
local function less(a, b) return a.n < b.n end
local function item(n) return setmetatable({ n = n }, { __lt = less, __index = { n = 0 } }) end
q = filled { item(2) }
fails("TypeError: without a GIL, on the real clock, no thread can call __lt: a queue holds copies",
  q.put, q, item(1))
check(q:qsize() == 1 and q:get().n == 2, "what was refused is not in there")
local function equal(n) return setmetatable({ n }, { __eq = function() return true end }) end
q = filled { { equal(1), 1 } }
fails("no thread can call __eq", q.put, q, { equal(2), 0 })
