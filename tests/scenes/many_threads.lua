-- run: check --clock real
scene { title = "Thread: the thirty-thousandth costs what the first did" }

-- Processor time of a thousand threads, the least of some rounds: what else the machine does, and
-- how long a woken thread waits for a core, are not in it.
local function least(rounds)
  local best = math.huge
  for _ = 1, rounds do
    local start = time.process_time()
    for _ = 1, 1000 do
      local t = threading.Thread { target = function() end }
      t:start()
      t:join()
    end
    best = math.min(best, time.process_time() - start)
  end
  return best
end

local first = least(3)
least(15)
local last = least(12)
check(last < 3 * first, ("%.0f ms for the first thousand, %.0f for the last"):format(first * 1000, last * 1000))
