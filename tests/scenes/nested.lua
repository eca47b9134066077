-- run: check
-- run: check --clock real
-- run: check --clock real --gil off
scene { title = "Calls nest on one C stack, whatever states they go through", cores = 2 }

-- Each callback of string.gsub is a C call more.
local function nest(n, f)
  if n == 0 then return f() end
  local result
  string.gsub("x", "x", function() result = nest(n - 1, f) end)
  return result
end

local function call_each(subs, i, nest, call_each)
  if i > #subs then return #subs end
  return nest(90, function() return subs[i]:call(call_each, subs, i + 1, nest, call_each) end)
end

local function check_interpreters(name, enough, too_many)
  local subs = {}
  for i = 1, too_many do subs[i] = interpreters.create() end
  local ok, message = pcall(call_each, subs, 1, nest, call_each)
  check(not ok and message:match("nested%.lua:%d+: RecursionError: "),
    ("%s: %d are too many: %s"):format(name, too_many, message))
  while #subs > enough do table.remove(subs):close() end
  check(call_each(subs, 1, nest, call_each) == enough, name .. ": fewer are not")
end

-- Each is closed by the one before.
local function chain(length)
  local first
  for _ = 1, length do
    local second = first
    first = coroutine.create(function()
      local _ <close> = setmetatable({}, { __close = function()
        if not second then return end
        local ok, message = coroutine.close(second)
        if not ok then error(message, 0) end
      end })
      coroutine.yield()
    end)
    coroutine.resume(first)
  end
  return first
end

local function check_coroutines(name, too_many)
  check(coroutine.close(chain(100)), name .. ": a hundred coroutines close each other")
  local ok, message = coroutine.close(chain(too_many))
  check(not ok and message:match("nested%.lua:%d+: RecursionError: "), ("%s: %s"):format(name, message))
end

-- The main thread's stack is larger.
check_interpreters("main", 3, 60)
check_coroutines("main", 10000)
for _, body in ipairs { function() check_interpreters("thread", 3, 12) end,
                        function() check_coroutines("thread", 2500) end } do
  local thread = threading.Thread { target = body }
  thread:start()
  thread:join()
end
