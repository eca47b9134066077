-- run: check
-- run: check --clock real
scene { title = "With memory full, a stack that cannot grow is an error like others" }

local full, size, count = {}, 1 << 24, 0
for i = 1, 128 do full[i] = false end
local function deep(n) return 1 + deep(n + 1) end
while size >= 1 << 12 do
  local ok, text = pcall(string.rep, "x", size)
  if ok then
    count = count + 1
    full[count] = text
  else
    size = size // 2
  end
end
local ok, message = pcall(deep, 1)
-- Whoever catches it is told whose end it is: as here, a stack that cannot grow, so are others.
local sentence = "MemoryError: not enough memory: the run has used up its 1024 MiB"
check(not ok and message == sentence, "it says so: " .. tostring(message))
ok, message = xpcall(deep, function(text) return text end, 1)
check(not ok and message == sentence, "xpcall: " .. tostring(message))
ok, message = coroutine.resume(coroutine.create(deep), 1)
check(not ok and message == sentence, "resume: " .. tostring(message))
