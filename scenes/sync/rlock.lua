scene {
  title = "An RLock may be taken again by whoever holds it",
  chapter = "sync",
  from = "001_cdf4b8e4eda2782e.txt",
  cores = 2, gil = "3.12", speed = 0.02,
  summary = "With a Lock, a function that holds it and calls another one "
    .. "that takes it would wait for itself for ever. An RLock knows its "
    .. "owner and counts: it is free when all are given back.",
}

local lock, rlock = threading.Lock(), threading.RLock()
local log = queue.Queue()

local function inner()
  log:put { "in again", time.perf_counter() }
  label("inner", native.compute, 0.05)
end

local function outer()
  rlock:with(function()
    log:put { "in", time.perf_counter() }
    rlock:with(inner) -- the same thread, the same lock
    label("outer", native.compute, 0.05) -- given back once only
    log:put { "out", time.perf_counter() }
  end)
end

local function other()
  rlock:with(function() log:put { "other", time.perf_counter() } end)
end

note("The second thread waits for both: the lane says for which lock.")
local one = threading.Thread { target = outer, name = "re-enters" }
local two = threading.Thread { target = other, name = "other" }
one:start() two:start()
one:join() two:join()

local first, again, out, last = log:get(), log:get(), log:get(), log:get()
check(again[1] == "in again" and again[2] - first[2] < 0.02,
  "the owner went in again without waiting for itself")
check(last[1] == "other" and last[2] >= out[2],
  "the other thread came in after the last release")
lock:acquire()
check(not lock:acquire(false), "a plain Lock is not given twice")
lock:release()
