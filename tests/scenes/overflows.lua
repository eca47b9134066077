-- What is nested too deeply for C says where: to who catches it, and at the end of a run.
-- status: 1
-- says: overflows.lua:25: RecursionError: maximum recursion depth exceeded
-- says: claims: 1 fails
scene { title = "Calls that are nested too deeply fail in a line", cores = 2 }

local function nest(call, depth)
  if depth > 0 then return call(function() return nest(call, depth - 1) end) end
end

local lock = threading.RLock()
local nested = {
  label = function(fn) return label("l", fn) end,
  phase = function(fn) return phase("p", fn) end,
  measure = function(fn) return measure(fn) end,
  with = function(fn) return lock:with(fn) end,
}
for name, call in pairs(nested) do
  local ok, message = pcall(nest, call, 300)
  check(not ok and message:find("overflows.lua:%d+: RecursionError: maximum recursion depth exceeded"),
    "200 of " .. name .. ": " .. tostring(message))
end
check(label("again", function() return true end), "and goes on behind it")
nest(function(fn)
  return ("x"):gsub("x", fn)
end, 300)
