-- run: check --clock real
scene { title = "A thread in a coroutine is asked for the GIL, and pcall comes to no harm", cores = 2 }

-- As often as can be, between all the calls of a coroutine.
sys.setswitchinterval(1e-6)
local function nothing() end
local function body()
  for _ = 1, 300 do nothing() pcall(nothing) nothing() pcall(nothing) end
  error("boom", 0)
end
local wrong
local function work()
  for _ = 1, 4000 do
    local ok, message = coroutine.resume(coroutine.create(body))
    if ok or message ~= "boom" then wrong = message end
  end
end
local threads = {}
for i = 1, 3 do
  threads[i] = threading.Thread { target = work }
  threads[i]:start()
end
for _, thread in ipairs(threads) do thread:join() end
check(wrong == nil, "each coroutine ends with its own error, not with " .. tostring(wrong))

-- One that only computes lets go after an interval too.
sys.setswitchinterval(0.005)
local done = false
local thread = threading.Thread { target = coroutine.wrap(function()
  while not done do end
end) }
thread:start()
done = true
thread:join()
check(true, "who waited for it got the GIL")
