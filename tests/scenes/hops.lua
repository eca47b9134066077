-- run: run --verify --print none
-- run: run --clock real --verify --print none
-- run: run --clock real --gil 2.7 --verify --print none
scene { title = "Who leaves an interpreter ends the wish of who wanted its GIL", cores = 4, interval = 0.05 }

local function work(n)
  local x = 0
  for i = 1, n do x = x + i end
  return x
end

-- Too short to be asked: they leave by themselves, while others are on their way into it.
local sub = interpreters.create { name = "sub" }
local function go(n)
  for _ = 1, 200 do
    sub:call(work, n)
    work(3 * n)
  end
end
local threads = {}
for i = 1, 4 do
  threads[i] = threading.Thread { target = go, args = { 10 * i } }
  threads[i]:start()
end
for _, thread in ipairs(threads) do thread:join() end
