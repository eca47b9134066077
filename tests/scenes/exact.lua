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
local threads = {}
for i = 1, 4 do
  threads[i] = threading.Thread { target = add, args = { 20000 } }
  threads[i]:start()
end
for _, thread in ipairs(threads) do thread:join() end
check(sum == 80000, "exact: " .. sum)

-- A loop on one line gives way all the same.
local stop = threading.Event()
local spinner = threading.Thread { target = function() local n = 0 while not stop:is_set() do n = n + 1 end end }
local tight = threading.Thread { daemon = true, target = function() while true do end end }
tight:start() spinner:start()
time.sleep(0.01)
stop:set()
spinner:join()
check(not spinner:is_alive(), "a loop on one line gives way")
