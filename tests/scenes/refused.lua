-- run: run --gil off --clock real --print json
-- says: "id":4,"kind":"thread","name":"second"
scene { title = "A thread whose start is refused is none, and takes no room in the trace", cores = 2 }

local co = coroutine.create(print)
local first = threading.Thread { target = function() return co end, name = "first" }
for _ = 1, 3 do
  local ok, message = pcall(first.start, first)
  check(not ok and message:find("TypeError: cannot carry co", 1, true), message)
end
check(not first:is_alive() and not pcall(first.join, first), "it has not started")

local ran = threading.Event()
local second = threading.Thread { target = function() ran:set() end, name = "second" }
second:start() second:join()
check(ran:is_set(), "another one does")
