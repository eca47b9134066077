scene { title = "Queue, LifoQueue, PriorityQueue: what they promise", cores = 4 }

local function fails(text, fn, ...)
  local ok, message = pcall(fn, ...)
  check(not ok and tostring(message):find(text, 1, true), "raises " .. text)
end
local function start(fn, ...)
  local t = threading.Thread { target = fn, args = { ... } }
  t:start()
  return t
end
local function drain(q)
  local list = {}
  while not q:empty() do list[#list + 1] = q:get() end
  return list
end

local q = queue.Queue(2)
local item = { 1 }
q:put(item) q:put_nowait(none)
check(q:full() and q:qsize() == 2 and q.maxsize == 2, "full")
fails("queue.Full: Queue 1 is full", q.put, q, 1, false)
fails("queue.Full", q.put_nowait, q, 1)
local took = measure(function() fails("queue.Full", q.put, q, 1, true, 0.1) end)
check(took >= 0.1 and took < 0.101, "after the limit")
check(q:get() == item and q:get() == none, "first in, first out; the very same table")
fails("queue.Empty: Queue 1 is empty", q.get, q, false)
fails("queue.Empty", q.get_nowait, q)
fails("queue.Empty", q.get, q, { timeout = 0.1 })
fails("put() needs an item", q.put, q, nil)
fails("ValueError: 'timeout' must be a non-negative number", q.get, q, true, -1)
fails("ValueError: 'timeout' must be a non-negative number", q.put, q, 1, true, -1)
fails("queue.Empty", q.get, q, false, 5)
q:task_done() q:task_done()
fails("ValueError: task_done() called too many times", q.task_done, q)
q:join()

-- A full queue holds its putters back, an empty one its getters.
local got = {}
local consumer = start(function()
  for i = 1, 6 do
    time.sleep(0.1)
    got[i] = q:get()
    q:task_done()
  end
end)
took = measure(function() for i = 1, 6 do q:put(i) end end)
check(took > 0.39 and took < 0.42, ("put waits for room: %.3f"):format(took))
q:join()
check(table.concat(got) == "123456", "in order: " .. table.concat(got))
consumer:join()

local lifo = queue.LifoQueue()
for i = 1, 3 do lifo:put(i) end
check(table.concat(drain(lifo)) == "321", "last in, first out")

local p = queue.PriorityQueue()
local numbers = { 5, 3, 8, 1, 9, 2, 7, 3, 6, 4 }
for _, n in ipairs(numbers) do p:put(n) end
check(table.concat(drain(p)) == "1233456789", "lowest first")
p:put { 2, "b" } p:put { 1, "z" } p:put { 2, "a" } p:put { 2 }
local words = {}
for i = 1, 4 do local t = p:get() words[i] = t[1] .. (t[2] or "") end
check(table.concat(words, " ") == "1z 2 2a 2b", "lists item by item: " .. table.concat(words, " "))
p:put("x")
fails("TypeError: '<' not supported between instances of 'number' and 'string'", p.put, p, 1)
check(p:qsize() == 1 and p:get() == "x", "what cannot be compared is not in there")

local shared = interpreters.create_queue()
local t = { 1, { 2 } }
shared:put(t)
local copy = shared:get()
check(copy ~= t and copy[2][1] == 2, "a queue between interpreters copies")
fails("TypeError: cannot carry item.co: a coroutine", shared.put, shared,
  { co = coroutine.create(print) })
check(shared:qsize() == 0, "and keeps nothing that it refused")
local many = {}
for i = 1, 300 do many[i] = { i } end
shared:put(many)
check(#shared:get() == 300, "how many lie side by side does not count as depth")

-- Many getters, many putters: nothing lost, nothing twice.
local busy, sum = queue.Queue(3), 0
local workers = {}
for i = 1, 4 do
  workers[i] = start(function()
    while true do
      local n = busy:get()
      if n == none then break end
      sum = sum + n
      busy:task_done()
    end
  end)
end
for i = 1, 200 do busy:put(i) end
busy:join()
for _ = 1, 4 do busy:put(none) end
for _, w in ipairs(workers) do w:join() end
check(sum == 20100, "each item once: " .. sum)
