scene {
  title = "A Condition: wait until something is true",
  chapter = "sync",
  from = "004_0085641d289618df.txt",
  cores = 2, gil = "3.12", speed = 0.03,
  summary = "A table with room for two plates. The cook waits while it is "
    .. "full, the waiter while it is empty; wait() gives the lock back and "
    .. "takes it again before it returns.",
}

local condition = threading.Condition { name = "table" }
local plates, log = queue.Queue(), queue.Queue()

local function cook()
  for plate = 1, 6 do
    label("cook " .. plate, native.compute, 0.03)
    condition:with(function()
      condition:wait_for(function() return plates:qsize() < 2 end)
      plates:put(plate)
      log:put { "put", plate, plates:qsize() }
      condition:notify()
    end)
  end
end

local function waiter()
  for _ = 1, 6 do
    condition:with(function()
      condition:wait_for(function() return plates:qsize() > 0 end)
      log:put { "took", plates:get(), plates:qsize() }
      condition:notify()
    end)
    label("serve", native.compute, 0.05)
  end
end

note("Who waits on a condition does not hold its lock.")
local one = threading.Thread { target = cook, name = "cook" }
local two = threading.Thread { target = waiter, name = "waiter" }
one:start() two:start()
one:join() two:join()

local put, took, order, bound = 0, 0, true, true
for _ = 1, 12 do
  local what, plate, left = table.unpack(log:get())
  if what == "put" then put = put + 1 else took = took + 1 end
  order = order and plate == (what == "put" and put or took) and took <= put
  bound = bound and left >= 0 and left <= 2
end
check(order, "each plate is taken after it was put, in their order")
check(bound, "there were never more than two plates, never fewer than none")
check(put == 6 and took == 6, "all six plates were served")
