-- run: check
-- run: check --gil off --clock real
scene { title = "A chain of queues comes apart one by one" }

-- The last handle of the first queue is in the second one, and so on.
local function drop_chain()
  local queue = interpreters.create_queue()
  for _ = 1, 6000 do
    local next = interpreters.create_queue()
    next:put(queue)
    queue = next
  end
  queue = nil
  collectgarbage()
  collectgarbage()
  check(true, "the chain is gone")
end

-- Not in main, whose stack is larger.
local thread = threading.Thread { target = drop_chain }
thread:start()
thread:join()
