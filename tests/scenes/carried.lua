scene { title = "Interpreters: what goes in, what comes out", cores = 2 }

local function fails(text, fn, ...)
  local ok, message = pcall(fn, ...)
  check(not ok and tostring(message):find(text, 1, true), ("raises %s: %s"):format(text, message))
end

counter = 10
local function count(n)
  counter = counter + n
  return counter, { n, self = count }
end

local other = interpreters.create { name = "other" }
check(tostring(other) == "<Interpreter other>", "named")
local a, t = other:call(count, 5)
check(a == 15 and t[1] == 5, "results come back")
check(select(1, other:call(count, 1)) == 16, "it keeps its own global")
check(counter == 10, "and this one is as it was")
fails("carried.lua:20: oops", other.call, other, function() error("oops") end)
fails("TypeError: cannot carry args[1].co: a coroutine", other.call, other, print,
  { co = coroutine.create(print) })
fails("cannot carry co, captured by the function: a coroutine", function()
  local co = coroutine.create(print)
  other:call(function() return co end)
end)
fails("a queue of one interpreter (interpreters.create_queue()", other.call, other, print,
  queue.Queue())
fails("cannot carry the result: a coroutine", other.call, other,
  function() return coroutine.create(print) end)

-- Locks and shared queues go along, as the same ones.
local lock, q = threading.Lock(), interpreters.create_queue()
lock:acquire()
check(other:call(function(l) return l:locked(), l end, lock) == true, "the very lock")
check(select(2, other:call(function(l) return 1, l end, lock)) == lock, "and back")
other:call(function(to) to:put { "from", sys._is_gil_enabled() } end, q)
check(q:get()[1] == "from", "a shared queue")

-- Two at once, each in its own.
local second = interpreters.create()
local function busy() local n = 0 for i = 1, 3000000 do n = n + i end return n end
local alone = measure(function() other:call(busy) end)
local together = measure(function()
  local threads = {}
  for i, interpreter in ipairs { other, second } do
    threads[i] = threading.Thread { target = function() interpreter:call(busy) end }
    threads[i]:start()
  end
  for _, thread in ipairs(threads) do thread:join() end
end)
check(together < 1.1 * alone, ("two at once: %.3f and %.3f"):format(alone, together))

-- Calls nest, and a call can come home.
check(other:call(function(s) return s:call(function(n) return n + 1 end, 4) end, second) == 5,
  "an interpreter calls another")
other:close()
fails("InterpreterError: other is closed", other.call, other, print)
local t = threading.Thread { target = function() second:call(time.sleep, 0.2) end }
t:start()
time.sleep(0.1)
fails("InterpreterError: interpreter 2 is running", second.close, second)
t:join()
second:close()
second:close()

-- It is running as long as one of its threads is, whoever called it.
local third, gate = interpreters.create { name = "third" }, threading.Lock()
gate:acquire()
third:call(function(gate)
  threading.Thread { target = function() gate:acquire() end }:start()
end, gate)
fails("InterpreterError: third is running", third.close, third)
gate:release()
while not gate:locked() do time.sleep(0.001) end
while not pcall(third.close, third) do time.sleep(0.001) end
fails("InterpreterError: third is closed", third.call, third, print)

-- Only what is mentioned as a whole word goes along: a coroutine could not.
re, ad = coroutine.create(print), coroutine.create(print)
read_ad = 5
fourth = interpreters.create()
check(fourth:call(function() return read_ad end) == 5, "a global goes along, parts of its name do not")
fails("cannot carry the global re", fourth.call, fourth, function() return re end)
