scene {
  title = "Four workers, one Queue, and none as the stop signal",
  chapter = "sync",
  from = "001_cdf4b8e4eda2782e.txt",
  cores = 4, gil = "3.12", speed = 0.02,
  summary = "Workers take tasks from a queue until they get none. join() "
    .. "returns when each task was called done, not when the queue is empty.",
}

local task_queue = queue.Queue { name = "task_queue" }
local processed = queue.Queue()

local function process(task)
  label("task " .. task, native.compute, 0.03)
  processed:put(task)
end

local function worker()
  while true do
    local task = task_queue:get()
    if task == none then break end
    process(task)
    task_queue:task_done()
  end
end

local threads = {}
for i = 1, 4 do
  threads[i] = threading.Thread { target = worker, name = "worker " .. i }
  threads[i]:start()
end
note("Idle workers wait for the queue; each put wakes one.")
for task = 1, 20 do task_queue:put(task) end
task_queue:join() -- wait for all tasks to complete
mark("All tasks are done, and the workers wait for more.")
check(processed:qsize() == 20, "join() returned after the last task_done()")

for _ in ipairs(threads) do task_queue:put(none) end -- stop
for _, thread in ipairs(threads) do thread:join() end
local seen, once = {}, 0
for _ = 1, 20 do
  local task = processed:get()
  once = once + (seen[task] and 0 or 1)
  seen[task] = true
end
check(once == 20, "every task ran once, and only once")
local alive = 0
for _, thread in ipairs(threads) do
  alive = alive + (thread:is_alive() and 1 or 0)
end
check(alive == 0, "all four workers ended")
