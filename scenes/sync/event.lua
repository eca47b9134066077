scene {
  title = "An Event: the producer sets it, the consumer waits",
  chapter = "sync",
  from = "001_cdf4b8e4eda2782e.txt",
  cores = 2, gil = "3.12", speed = 0.15,
  summary = "A thread waits for an event without asking again and again; "
    .. "the one that sets it wakes it up.",
}

local ready = threading.Event { name = "ready" }
local log = queue.Queue()

local function producer()
  label("make data", time.sleep, 2)
  log:put { "set", time.perf_counter() }
  ready:set() -- signal that data is ready
end

local function consumer()
  ready:wait() -- blocks until set()
  log:put { "woken", time.perf_counter(), gilscope.woken_by() }
  print("Data is ready, consuming...")
end

note("Enter on the end of the consumer's wait goes to who ended it.")
local c = threading.Thread { target = consumer, name = "consumer" }
local p = threading.Thread { target = producer, name = "producer" }
c:start() p:start()
c:join() p:join()

local set, woken = log:get(), log:get()
check(set[1] == "set" and woken[1] == "woken" and woken[2] >= set[2],
  "the consumer went on only after set()")
check(woken[3] == "producer", "the consumer was woken by the " .. woken[3])
mark("Waiting cost the consumer no processor time.")
check(ready:is_set() and ready:wait(), "who comes later does not wait")
