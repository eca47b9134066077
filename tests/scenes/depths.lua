-- run: check
-- run: check --gil off --clock real
scene { title = "Interpreters that call each other without end" }

local function check_depth()
  local sub = interpreters.create { name = "sub" }
  local function go(sub, go, n)
    if n == 0 then return 0 end
    return sub:call(go, sub, go, n - 1) + 1
  end
  check(go(sub, go, 100) == 100, "a hundred calls within each other")
  local ok, message = pcall(go, sub, go, 5000)
  check(not ok and message:find("depths.lua:9: RecursionError: interpreters call each other", 1, true),
    message)
  check(go(sub, go, 100) == 100, "and again")
end

-- Not in main, whose stack is larger.
local thread = threading.Thread { target = check_depth }
thread:start()
thread:join()
