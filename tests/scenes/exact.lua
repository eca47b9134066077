-- run: check
-- run: check --seed 5
-- run: check --clock real
scene { title = "Since 3.10 one line stays exact, wherever the switch falls", cores = 2, interval = 0.05 }

-- Lines before and behind the count, with calls and without: a hand-over that is due must wait for
-- a call or a jump back.
local lock, sum = threading.Lock(), 0
local function add(n)
  for i = 1, n do
    sum = sum + 1
    lock:locked()
    local x = i * 2
    local y = x + i
    sum = sum + y - 3 * i
    if x > y then lock:acquire() end
  end
end

-- An expression that goes back a line, in loops of each kind, is none.
local parts, one = 0, 1
local function add_parts(n)
  local i = 0
  for _ = 1, n do
    parts = parts +
      one
  end
  while i < n do
    i = i + 1
    parts = parts +
      one
  end
  repeat
    i = i - 1
    parts = parts +
      one
  until i == 0
  ::again::
  i = i + 1
  parts = parts +
    one
  if i < n then goto again end
end

local threads = {}
for i = 1, 4 do
  threads[i] = threading.Thread { target = add, args = { 20000 } }
  threads[i]:start()
end
for i = 5, 6 do
  threads[i] = threading.Thread { target = add_parts, args = { 10000 } }
  threads[i]:start()
end
for _, thread in ipairs(threads) do thread:join() end
check(sum == 80000, "exact: " .. sum)
check(parts == 80000, "exact over two lines: " .. parts)

-- A loop gives way all the same, of each kind, on one line or several.
local stop, n = threading.Event(), 0
local loops = {
  function() while true do end end,
  function() while true do
      n = 1
    end
  end,
  function() for _ = 1, math.huge do
      n = 2
    end
  end,
  function() for _ in math.abs, -1 do
      n = 3
    end
  end,
  function() repeat
      n = 4
    until n == 5
  end,
  function()
    ::again::
    n = 6
    goto again
  end,
}
for _, loop in ipairs(loops) do threading.Thread { daemon = true, target = loop }:start() end
local spinner = threading.Thread { target = function() while not stop:is_set() do n = n + 1 end end }
spinner:start()
time.sleep(0.01)
stop:set()
spinner:join()
check(not spinner:is_alive(), "loops give way")
