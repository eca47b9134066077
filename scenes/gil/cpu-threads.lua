scene {
  title = "Four threads counting primes share one GIL",
  chapter = "gil",
  from = { "000_9fcab813c63d2679.txt", "001_cdf4b8e4eda2782e.txt",
           "002_c43905b1571a6008.txt", "003_ed71112cefb9b003.txt",
           "004_0085641d289618df.txt" },
  cores = 4, gil = "3.12", speed = 0.05,
  summary = "Four threads count primes on four cores and take as long as "
    .. "one after the other: whoever runs needs the one GIL.",
}

local function is_prime(n)
  for divisor = 2, math.floor(math.sqrt(n)) do
    if n % divisor == 0 then return false end
  end
  return n > 1
end

local function count_primes(last)
  local count = 0
  for n = 1, last do
    if is_prime(n) then count = count + 1 end
  end
  return count
end

local function one_by_one()
  for _ = 1, 4 do count_primes(50000) end
end

local function in_threads()
  local threads = {}
  for i = 1, 4 do
    threads[i] = threading.Thread { target = count_primes, args = { 50000 } }
    threads[i]:start()
  end
  for _, thread in ipairs(threads) do thread:join() end
end

-- How long it takes, and the processor time it needs.
local function cost(work)
  local before = time.process_time()
  return measure(work), time.process_time() - before
end

local alone, needed = phase("one by one", cost, one_by_one)
mark("Now the same in four threads: how long will it take?")
note("The GIL lane names one owner at a time. All others want it.")
local together, used = phase("four threads", cost, in_threads)

local cores = math.min(4, multiprocessing.cpu_count())
local text = ("one by one %.3f s, four threads %.3f s"):format(alone, together)
-- A real machine's cores change their speed between the two.
local real = gilscope.clock == "real"
if sys._is_gil_enabled() then
  local how = together >= 0.95 * alone and "no faster" or "one at a time all the same"
  check(together >= (real and 0.6 or 0.95) * needed, text .. ": " .. how)
  check(used <= 1.02 * together,
    ("never two running: %.2f of %d cores busy"):format(used / together, cores))
else
  check(alone / together > (real and 0.6 or 0.9) * cores, text .. ": no GIL, so faster")
end
