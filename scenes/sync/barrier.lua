scene {
  title = "A Barrier: nobody starts before all are there",
  chapter = "sync",
  from = "004_0085641d289618df.txt",
  cores = 3, gil = "3.12", speed = 0.03,
  summary = "Three threads work in three phases of unequal length. At the "
    .. "barrier the fast ones wait for the slow one, and all go on at once.",
}

local barrier = threading.Barrier(3)
local log = queue.Queue()

local function work(name, seconds)
  for phase_number = 1, 3 do
    local began = time.perf_counter()
    label("phase " .. phase_number, native.compute, seconds[phase_number])
    log:put { phase = phase_number, began = began, ended = time.perf_counter() }
    barrier:wait()
  end
end

note("In each phase another thread is the last: it never waits.")
local threads = {
  threading.Thread { target = work, args = { "a", { 0.08, 0.02, 0.04 } } },
  threading.Thread { target = work, args = { "b", { 0.02, 0.04, 0.08 } } },
  threading.Thread { target = work, args = { "c", { 0.04, 0.08, 0.02 } } },
}
for _, thread in ipairs(threads) do thread:start() end
for _, thread in ipairs(threads) do thread:join() end

local first, last = {}, {} -- begin and end of each phase
for _ = 1, 9 do
  local visit = log:get()
  local p = visit.phase
  first[p] = math.min(first[p] or visit.began, visit.began)
  last[p] = math.max(last[p] or visit.ended, visit.ended)
end
for p = 2, 3 do
  check(first[p] >= last[p - 1],
    ("phase %d began when phase %d was over for all"):format(p, p - 1))
end
