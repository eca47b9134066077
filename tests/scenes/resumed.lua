-- run: check
-- run: check --gil 3.9
-- run: check --gil 2.7
-- run: check --clock real
-- run: check --clock real --gil 3.9
-- run: check --clock real --gil 2.7
scene { title = "A loop that only resumes a coroutine is a loop like others", cores = 2 }

local function yields(n)
  return coroutine.wrap(function()
    local x = 0
    while true do
      for _ = 1, n do x = x + 1 end
      coroutine.yield()
    end
  end)
end

-- It hands over: main comes back from its sleep.
local stop = false
local thread = threading.Thread { target = function()
  local resume = yields(0)
  while not stop do resume() end
end }
thread:start()
time.sleep(0.001)
local late = time.perf_counter()
stop = true
thread:join()
check(late < 1, ("main is back after %g s"):format(late))
if gilscope.clock == "real" then return end

-- It takes time: about what its instructions take, few or many between two switches.
local function seconds(rounds, n)
  local resume = yields(n)
  return measure(function() for _ = 1, rounds do resume() end end)
end
for _, n in ipairs { 0, 5, 20, 60, 200, 1000 } do
  local instructions = 10 + 2 * n
  local share = seconds(1000, n) / (1000 * instructions * 1e-8)
  check(share > 0.5 and share < 2, ("%d instructions a round: %.2f of their time"):format(instructions, share))
end
