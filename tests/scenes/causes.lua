-- Who ended a wait is who woke the one who waited, or who let go of the GIL: never who only took it.
-- A thread that blocks while somebody asks for its GIL has to wait until that one has taken it, and
-- what it blocks for may be free by then.
-- run: run --clock virtual --gil 3.12 --seed 8 --print none --verify
-- run: run --clock virtual --gil 3.12 --seed 9 --print none --verify
-- run: run --clock virtual --gil 3.12 --seed 10 --print none --verify
-- run: run --clock virtual --gil 3.9 --seed 1 --print none --verify
-- run: run --clock virtual --gil 3.9 --seed 2 --print none --verify
-- run: run --clock virtual --gil 2.7 --seed 1 --print none --verify
-- run: run --clock virtual --gil off --seed 1 --print none --verify
-- says: every invariant holds
scene { title = "Who ended it", interval = 0.01, cores = 4 }

local first, second = threading.Lock(), threading.Lock()
local jobs, units = queue.Queue(), threading.Semaphore(2)

local function work(n)
  for i = 1, 300 do
    first:acquire()
    local x = 0
    for k = 1, i * n % 37 do x = x + k end
    first:release()
    if i % 3 == 0 then jobs:put(i) end
    second:acquire()
    second:release()
    units:acquire()
    units:release()
    if i % 3 == 0 then jobs:get() end
    if i % 11 == 0 then time.sleep(0) end
    if i % 13 == 0 then native.compute(0.000005) end
  end
end

local threads = {}
for i = 1, 5 do threads[i] = threading.Thread { target = work, args = { i } } end
for _, t in ipairs(threads) do t:start() end
for _, t in ipairs(threads) do t:join() end
