scene { title = "A program made from a number: every primitive, in any order", cores = 3,
        summary = "`gilscope run program.lua -- NUMBER`. It always ends: each wait has a limit." }

local number = tonumber(args[1]) or 1

-- Each thread decides by a sequence of its own, which no schedule can change.
local function decisions(start)
  local x = start * 2654435761 % 2147483647 + 1
  return function(n)
    x = x * 48271 % 2147483647
    return x % n + 1
  end
end
local pick = decisions(number)

sys.setswitchinterval(({ 0.00001, 0.0001, 0.001, 0.005 })[pick(4)])

local function list(count, make)
  local t = {}
  for i = 1, count do t[i] = make(i) end
  return t
end
local locks = list(2, function() return threading.Lock() end)
local rlocks = list(2, function() return threading.RLock() end)
local slots = list(2, function(i) return threading.Semaphore(i) end)
local events = list(2, function() return threading.Event() end)
local conditions = list(2, function(i) return threading.Condition(i == 1 and rlocks[1] or nil) end)
local barrier = threading.Barrier(2)
local queues = { queue.Queue(), queue.Queue(1), queue.LifoQueue(2), queue.PriorityQueue() }
local profiles = { "3.12", "3.9", "2.7" }
local counter = 0

local function short(choose) return choose(20) / 20000 end

local perform -- forward

local acts = {
  function(choose) for _ = 1, choose(3000) do counter = counter + 1 end end,
  function(choose) time.sleep(short(choose)) end,
  function() time.sleep(0) end,
  function(choose) native.compute(short(choose)) end,
  function(choose, depth)
    local lock = locks[choose(2)]
    if lock:acquire { timeout = short(choose) } then
      perform(choose, depth + 1)
      lock:release()
    end
  end,
  function(choose, depth)
    local lock = rlocks[choose(2)]
    if lock:acquire { timeout = short(choose) } then
      lock:with(function() perform(choose, depth + 1) end)
      lock:release()
    end
  end,
  function(choose, depth)
    local slot = slots[choose(2)]
    if slot:acquire { timeout = short(choose) } then
      perform(choose, depth + 1)
      slot:release()
    end
  end,
  function(choose) events[choose(2)]:wait(short(choose)) end,
  function(choose) events[choose(2)]:set() end,
  function(choose) events[choose(2)]:clear() end,
  function(choose)
    local condition = conditions[choose(2)]
    if condition:acquire { timeout = short(choose) } then
      condition:wait(short(choose))
      condition:release()
    end
  end,
  function(choose)
    local condition = conditions[choose(2)]
    if condition:acquire { timeout = short(choose) } then
      condition:notify(choose(3))
      condition:release()
    end
  end,
  function(choose) pcall(barrier.wait, barrier, short(choose)) end,
  function() barrier:reset() end,
  function(choose) pcall(queues[choose(4)].put, queues[choose(4)], choose(9), { timeout = short(choose) }) end,
  function(choose)
    local q = queues[choose(4)]
    pcall(q.put_nowait, q, choose(9))
  end,
  function(choose)
    local q = queues[choose(4)]
    pcall(q.get, q, { timeout = short(choose) })
  end,
  function(choose)
    local q = queues[choose(4)]
    pcall(q.get_nowait, q)
  end,
  function(choose, depth)
    local co = coroutine.wrap(function()
      for _ = 1, choose(5) do
        perform(choose, depth + 1)
        coroutine.yield()
      end
    end)
    for _ = 1, choose(3) do pcall(co) end
  end,
  function(choose)
    local co = coroutine.create(function()
      label("left open", coroutine.yield)
    end)
    coroutine.resume(co)
    time.sleep(short(choose))
    coroutine.close(co)
  end,
  function(choose, depth)
    label("stretch " .. choose(3), function() perform(choose, depth + 1) end)
  end,
  function(choose)
    note("note " .. choose(9))
  end,
  function(choose)
    local thing <close> = setmetatable({}, { __close = function() time.sleep(short(choose)) end })
    for _ = 1, choose(500) do counter = counter + 1 end
  end,
  function(choose, depth)
    local thread = threading.Thread { target = perform, args = { decisions(choose(1000000)), depth + 1 },
                                      daemon = choose(4) == 1 }
    thread:start()
    if choose(2) == 1 then thread:join(short(choose)) end
  end,
  function(choose)
    local sub = interpreters.create { gil = profiles[choose(3)] }
    pcall(sub.call, sub, function(n)
      local sum = 0
      for i = 1, n do sum = sum + i end
      time.sleep(0.0002)
      return sum
    end, choose(5000))
    sub:close()
  end,
}

function perform(choose, depth)
  if depth > 3 then return end
  for _ = 1, choose(3) do acts[choose(#acts)](choose, depth) end
end

local threads = list(1 + pick(4), function(i)
  local choose = decisions(number * 31 + i)
  return threading.Thread { target = function() for _ = 1, 12 do perform(choose, 0) end end,
                            daemon = pick(6) == 1 }
end)
for _, thread in ipairs(threads) do thread:start() end
perform(pick, 0)
if pick(2) == 1 then for _, thread in ipairs(threads) do thread:join(short(pick) * 20) end end
