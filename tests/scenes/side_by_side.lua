-- run: check
-- run: check --gil off
-- run: check --gil 2.7
scene { title = "A free-threaded interpreter beside one with a GIL", cores = 4, clock = "virtual" }
local function pair()
  local seen, worst = {}, 0
  local function look(me)
    for _ = 1, 3000 do
      local now = time.perf_counter()
      seen[me] = now
      local other = seen[3 - me]
      if other then worst = math.max(worst, other - now) end
    end
  end
  local a = threading.Thread { target = look, args = { 1 } }
  local b = threading.Thread { target = look, args = { 2 } }
  a:start() b:start() a:join() b:join()
  return worst
end
local worst = interpreters.create { gil = "off" }:call(pair)
check(worst < 0.00003, ("what one reads of the other is from at most %.0f us ahead"):format(worst * 1e6))
