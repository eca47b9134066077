-- run: run --clock real --verify --print text
-- says: every invariant holds
scene { title = "As many threads as can be traced: who asks for another one is told" }

local go, threads, message = threading.Event(), {}
while not message and #threads < 5000 do
  local t = threading.Thread { target = go.wait, args = { go } }
  local ok, why = pcall(t.start, t)
  if ok then threads[#threads + 1] = t else message = tostring(why) end
end
check(message:find("RuntimeError: can't start new thread", 1, true), message)
go:set()
for _, t in ipairs(threads) do t:join() end
local again = threading.Thread { target = function() end }
again:start()
again:join()
check(not again:is_alive(), "when they have ended, there is room again")
