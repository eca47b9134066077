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
check(not ok and message == "not enough memory", "it says so: " .. tostring(message))
