-- run: run
-- run: run --seed 1
-- run: run --gil 2.7
-- run: run --gil 3.9 --seed 3
scene { title = "A thread that wants the GIL gets it, whatever the others do", cores = 4, clock = "virtual" }

-- What the others do in a loop, while a thread that sleeps for 10 ms wants the GIL to say so.
local lock, jobs = threading.Lock(), queue.Queue()
local never = threading.Thread { target = function() time.sleep(1e6) end, daemon = true }
lock:acquire()
never:start()
local function nothing() end
local loops = {
  { "computes", nothing },
  { "lets the GIL go to sleep for no time", function() time.sleep(0) end },
  { "lets the GIL go to compute for no time", function() native.compute(0) end },
  { "tries a lock", function() lock:acquire(false) end },
  { "waits for a lock for no time", function() lock:acquire { timeout = 0 } end },
  { "looks at a queue", function() jobs:qsize() end },
  { "waits for a queue for no time", function() pcall(jobs.get, jobs, { timeout = 0 }) end },
  { "joins for no time", function() never:join(0) end },
}
for _, loop in ipairs(loops) do
  local text, turn = loop[1], loop[2]
  local said = threading.Event()
  threading.Thread { target = function() time.sleep(0.01) said:set() end }:start()
  local start = time.perf_counter()
  while not said:is_set() do turn() end
  local took = time.perf_counter() - start
  check(took < 0.15, ("beside a loop that %s it takes %.1f ms"):format(text, took * 1000))
end

-- One computes, one has short naps: a third one is started all the same.
local stop = false
threading.Thread { target = function() while not stop do end end }:start()
threading.Thread { target = function() while not stop do time.sleep(0.0003) end end }:start()
local worst = 0
for _ = 1, 10 do
  local start = time.perf_counter()
  local third = threading.Thread { target = nothing }
  third:start()
  worst = math.max(worst, time.perf_counter() - start)
  third:join()
end
stop = true
check(worst < 0.1, ("a third thread starts within %.1f ms"):format(worst * 1000))
