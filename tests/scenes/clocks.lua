-- run: check
-- run: check --clock real
scene { title = "time.time: the date on the real clock, the run's own time on the virtual one" }

local real = gilscope.clock == "real"
local before, started = time.time(), time.perf_counter()
time.sleep(0.05)
local after, ended = time.time(), time.perf_counter()
check(started < 10, "perf_counter and monotonic begin with the run: " .. started)
check(math.abs(time.monotonic() - ended) < 1, "and are one clock")
check(after - before > 0.04, "time.time goes on: " .. after - before)
if real then
  check(before > 1.6e9, "it counts from 1970: " .. before)
else
  check(before == started and after == ended, "it is the same in each run: " .. before)
end
