-- run: check
-- run: check --cost quantum=1000
-- run: check --gil off
-- run: check --interval 0.001
scene { title = "The shortest switch interval is 1 µs, and work still comes to an end", cores = 1,
        clock = "virtual", interval = 0.001 }

check(sys.getswitchinterval() == 1e-6, "0.001 ms is 1 µs")
sys.setswitchinterval(1e-9)
check(sys.getswitchinterval() == 1e-6, "less than 1 µs is as 1 µs: " .. sys.getswitchinterval())
local function work() native.compute(0.001) end
local thread = threading.Thread { target = work }
thread:start()
work()
thread:join()
check(time.perf_counter() >= 0.002, "both had the one core for 1 ms")
