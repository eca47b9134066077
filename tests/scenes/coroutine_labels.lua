-- run: run --print json --verify
-- says: every invariant holds
-- says: "label":"first","depth":0,"start":1000000000,"end":3000000000
-- says: "label":"second","depth":0,"start":2000000000,"end":4000000000
-- says: "label":"within","depth":1,"start":2000000000,"end":2000000000
-- says: "label":"forgotten","depth":0,"start":4000000000,"end":5000000000
-- says: "label":"handed on","depth":0,"start":5000000000,"end":6000000000
scene { title = "A label belongs to its coroutine, whoever has labels at the time", cores = 2,
        costs = { call = 0, instruction = 0, wake = 0, release = 0, spawn = 0 } }

local function labelled(text, inner)
  local co = coroutine.create(label)
  assert(coroutine.resume(co, text, function()
    if inner then label(inner, print) end
    coroutine.yield()
  end))
  time.sleep(1)
  return co
end

time.sleep(1)
local first = labelled("first")
local second = labelled("second", "within")
assert(coroutine.resume(first))
time.sleep(1)
assert(coroutine.resume(second))

local co
local function forget()
  labelled("forgotten")
end
local function begin()
  co = labelled("handed on")
end
for _, work in ipairs { forget, begin } do
  local thread = threading.Thread { target = work }
  thread:start()
  thread:join()
end
assert(coroutine.resume(co))
