scene {
  title = "Without a GIL: the same threads on every core",
  chapter = "gil",
  from = { "000_9fcab813c63d2679.txt", "001_cdf4b8e4eda2782e.txt",
           "003_ed71112cefb9b003.txt" },
  cores = 4, gil = "off", speed = 0.05,
  summary = "The four threads of cpu-threads in a free-threaded "
    .. "interpreter, as Python 3.13t is: now they do run at once.",
}

local function is_prime(n)
  for divisor = 2, math.floor(math.sqrt(n)) do
    if n % divisor == 0 then return false end
  end
  return n > 1
end

local function count_primes(last, results)
  local count = 0
  for n = 1, last do
    if is_prime(n) then count = count + 1 end
  end
  results:put(count)
end

-- Long enough on the real clock for the kernel to divide four threads fairly.
local real = gilscope.clock == "real"
local last, primes = real and 200000 or 60000, real and 17984 or 6057
local results = queue.Queue()
local function one_by_one()
  for _ = 1, 4 do count_primes(last, results) end
end

local function in_threads()
  local threads = {}
  for i = 1, 4 do
    threads[i] = threading.Thread { target = count_primes, args = { last, results } }
    threads[i]:start()
  end
  for _, thread in ipairs(threads) do thread:join() end
end

-- How long it takes, and the processor time it needs.
local function cost(work)
  local before = time.process_time()
  return measure(work), time.process_time() - before
end

local _, alone = phase("one by one", cost, one_by_one)
mark("The same in four threads, and no lock around the interpreter.")
note("There is no GIL lane: all four run, as far as there are cores.")
local together, used = phase("four threads", cost, in_threads)

local right = 0
for _ = 1, 8 do right = right + (results:get() == primes and 1 or 0) end
check(right == 8, ("there are %d primes up to %d, each time"):format(primes, last))
local cores = math.min(4, multiprocessing.cpu_count())
local busy, speedup = used / together, alone / together
local text = ("%.2f of %d cores busy, %.2f times as fast"):format(busy, cores, speedup)
-- A real machine has others on it, and changes its speed between the two.
local busy_share, speed_share = real and 0.8 or 0.9, real and 0.6 or 0.9
if sys._is_gil_enabled() then
  check(busy <= 1.02 and speedup * speed_share <= 1, text .. ": the GIL is on")
else
  check(busy > busy_share * cores and speedup > speed_share * cores, text)
end
