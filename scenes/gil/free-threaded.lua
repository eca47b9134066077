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

local results = queue.Queue()
local function one_by_one() -- returns the processor time it needs
  local before = time.process_time()
  for _ = 1, 4 do count_primes(60000, results) end
  return time.process_time() - before
end

local function in_threads()
  local threads = {}
  for i = 1, 4 do
    threads[i] = threading.Thread { target = count_primes, args = { 60000, results } }
    threads[i]:start()
  end
  for _, thread in ipairs(threads) do thread:join() end
end

local alone = phase("one by one", one_by_one)
mark("The same in four threads, and no lock around the interpreter.")
note("There is no GIL lane: all four run, as far as there are cores.")
local together = phase("four threads", measure, in_threads)

local right = 0
for _ = 1, 8 do right = right + (results:get() == 6057 and 1 or 0) end
check(right == 8, "there are 6057 primes up to 60000, each time")
local cores = math.min(4, multiprocessing.cpu_count())
local speedup = alone / together
local text = ("%.2f times as fast on %d cores"):format(speedup, cores)
if sys._is_gil_enabled() then
  check(speedup <= 1 / 0.95, text .. ": the GIL is on")
else
  check(speedup > 0.9 * cores, text)
end
