-- run: run --print none
-- run: run --print none --clock real
-- status: 1
-- says: one waits for the end of two (line 25); two waits for the end of one (line 26).
-- says: three waits for b (line 18), which four holds; four waits for a (line 18), which three holds.
-- says: five waits for c (line 30), which gone held when it ended.
scene { title = "A deadlock of several cycles names them all", cores = 2 }

local function start(name, fn)
  local t = threading.Thread { target = fn, name = name }
  t:start()
  return t
end
local function both(mine, other)
  return function()
    mine:acquire()
    time.sleep(0.02)
    other:acquire()
  end
end

local go, two = threading.Event()
local a, b, c = threading.Lock { name = "a" }, threading.Lock { name = "b" }, threading.Lock { name = "c" }
local one = start("one", function() go:wait()
  two:join() end)
two = start("two", function() one:join() end)
start("three", both(a, b))
start("four", both(b, a))
start("gone", function() c:acquire() end)
start("five", function() time.sleep(0.01) c:acquire() end)
go:set()
