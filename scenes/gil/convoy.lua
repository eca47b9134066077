scene {
  title = "The convoy: a small request beside a thread that computes",
  chapter = "gil",
  from = "004_0085641d289618df.txt",
  cores = 4, gil = "3.12", speed = 0.03,
  summary = "A request that takes microseconds takes an interval of 5 ms "
    .. "beside a thread that computes, since it has to ask for the GIL each "
    .. "time it comes back from its wait; and two such threads are worse.",
}

local function burn(stop)
  repeat for _ = 1, 10000 do end until stop:is_set()
end

local function request()
  label("request", time.sleep, 0.0005) -- the network's part
  for _ = 1, 5000 do end -- the answer is looked at
end

local function client(answers)
  local trips = 0
  for _ = 1, 30 do trips = trips + measure(request) end
  answers:put(trips / 30)
end

-- The mean round trip of a request beside so many burning threads.
local function round_trip(burners)
  local stop, answers, threads = threading.Event(), queue.Queue(), {}
  for i = 1, burners do
    threads[i] = threading.Thread { target = burn, args = { stop }, name = "burner " .. i }
    threads[i]:start()
  end
  local small = threading.Thread { target = client, args = { answers }, name = "client" }
  small:start()
  local trip = answers:get()
  stop:set()
  for _, thread in ipairs(threads) do thread:join() end
  return trip
end

local interval = sys.getswitchinterval()
local alone = round_trip(0)
mark("The same requests beside one thread that computes.")
note("Each time, the client wants the GIL for an interval, then asks.")
local one = round_trip(1)
mark("Beside two: the client is not always the next in the queue.")
local two = round_trip(2)

local text = ("round trip %.3f ms alone, %.2f beside one, %.2f beside two")
  :format(alone * 1000, one * 1000, two * 1000)
if sys._is_gil_enabled() and sys.version_info.major == 3 then
  check(alone < interval / 5 and one >= interval, text)
  check(two > 1.1 * one, "a second one makes it worse")
elseif sys._is_gil_enabled() then
  check(one > alone, text .. ": a race for the GIL every 100 instructions")
else
  note(text .. ": no GIL, and so no convoy")
  local cores = multiprocessing.cpu_count()
  check(cores < 2 or one < interval, "the client has a core of its own")
end
