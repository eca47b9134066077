-- run: run --print json
-- says: "label":"of a coroutine that is closed","depth":0,"start":1000000000,"end":1500000000
-- says: "label":"of one that fails","depth":0,"start":1500000000,"end":2000000000
-- says: {"type":"phase","time":2500000000,"actor":3,"text":null
scene { title = "Labels and phases end with the coroutine that they are in", cores = 2,
        costs = { call = 0, instruction = 0, wake = 0, release = 0 } }

local function suspended(fn, ...)
  local co = coroutine.create(fn)
  coroutine.resume(co, ...)
  time.sleep(0.5)
  return co
end

time.sleep(1)
local co = suspended(label, "of a coroutine that is closed", coroutine.yield)
check(coroutine.close(co), "closed")
co = suspended(label, "of one that fails", function() coroutine.yield() error("no") end)
check(not coroutine.resume(co), "failed")
co = suspended(phase, "a phase", coroutine.yield)
check(coroutine.close(co), "closed, too")
time.sleep(1)
