-- run: check
-- run: check --seed 5
-- run: check --gil off
scene { title = "A call that may block, or looks at what threads share, costs `call` once", cores = 2,
        clock = "virtual",
        costs = { call = 1000000, instruction = 0, wake = 0, release = 0, spawn = 0, interpreter = 0, byte = 0 } }

-- In ms, which are calls here.
local function costs(calls, name, fn, ...)
  local start = time.perf_counter()
  pcall(fn, ...)
  local ms = (time.perf_counter() - start) * 1000
  check(math.abs(ms - calls) < 0.0001, ("%s costs %g calls, not %g"):format(name, calls, ms))
end

local function each(name, thing, calls)
  for i = 1, #calls, 2 do
    local method = calls[i]
    costs(1, name .. "." .. method, thing[method], thing, table.unpack(calls[i + 1]))
  end
end

local function nothing() return true end

for _, kind in ipairs { "Lock", "RLock" } do
  local lock = threading[kind]()
  each(kind, lock, { "acquire", {}, "locked", {}, "release", {}, "acquire", { false }, "release", {} })
  costs(2, kind .. ".with, which acquires and releases", lock.with, lock, nothing)
end
for _, kind in ipairs { "Semaphore", "BoundedSemaphore" } do
  local slots = threading[kind](1)
  each(kind, slots, { "acquire", {}, "acquire", { false }, "release", {} })
  costs(2, kind .. ".with", slots.with, slots, nothing)
end
each("Event", threading.Event(),
  { "is_set", {}, "wait", { 0 }, "set", {}, "wait", {}, "clear", {} })

local full = threading.Condition()
each("Condition", full,
  { "acquire", {}, "notify", {}, "notify_all", {}, "wait", { 0 }, "release", {} })
costs(2, "Condition.with", full.with, full, nothing)
costs(0, "Condition.wait_for, when there is nothing to wait for,", full.wait_for, full, nothing)

local line = threading.Barrier(1)
each("Barrier", line, { "wait", {}, "reset", {}, "abort", {} })
each("Barrier", threading.Barrier(2), { "wait", { 0 } })
costs(1, "Barrier.n_waiting", function() return line.n_waiting end)
costs(1, "Barrier.broken", function() return line.broken end)
costs(0, "Barrier.parties", function() return line.parties end)

for _, kind in ipairs { "Queue", "LifoQueue", "PriorityQueue" } do
  for _, size in ipairs { 0, 2 } do
    local jobs = queue[kind](size)
    each(kind, jobs, { "put", { 1 }, "qsize", {}, "empty", {}, "full", {}, "get", {},
      "task_done", {}, "put_nowait", { 1 }, "get_nowait", {}, "get_nowait", {}, "task_done", {},
      "join", {} })
  end
end

local thread = threading.Thread { target = nothing }
costs(0, "Thread.start, which has a price of its own,", thread.start, thread)
each("Thread", thread, { "join", {}, "is_alive", {}, "join", {} })

local sub = interpreters.create()
each("Interpreter", sub, { "call", { nothing }, "close", {} })

costs(1, "time.sleep", time.sleep, 0)
costs(1, "native.compute", native.compute, 0)
costs(1 + 2, "time.sleep(0.002) on top of it", time.sleep, 0.002)
costs(1 + 2, "native.compute(0.002) on top of it", native.compute, 0.002)
costs(0, "a look at the clock", time.time)
costs(0, "a note", note, "free")
