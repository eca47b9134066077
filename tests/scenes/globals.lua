-- run: run --print text
-- says: 1 [1, 2, 'x'] {a: 1, b: [true, None]} None
scene { title = "check, note, mark, label, phase, measure, memory, print", cores = 2 }

local function fails(text, fn, ...)
  local ok, message = pcall(fn, ...)
  check(not ok and tostring(message):find(text, 1, true), "raises " .. text)
end

check(select("#", label("a", function(...) return ... end, 1, nil)) == 2, "label passes values on")
fails("oops", label, "a", function() error("oops") end)
check(phase("p", function() return 5 end) == 5, "phase passes values on")
check(phase("p", { speed = 0.1 }, function(...) return select("#", ...) end, 1, nil) == 2,
  "a phase with a speed passes values on")
fails("a phase's speed must be a number", phase, "p", { speed = 0 }, function() end)
fails("a phase's speed must be a number", phase, "p", {}, function() end)
local seconds, result = measure(function() time.sleep(0.5) return "r" end)
check(seconds >= 0.5 and seconds < 0.501 and result == "r", "measure")
for i = 1, 2000 do label("loop " .. i % 3, function() end) end
fails("bad argument #2 to 'check' (a check needs a sentence that says what is claimed)", check, true)
fails("a check needs a sentence that says what is claimed", check, true, "")
fails("a check needs a sentence that says what is claimed", check, true, " \t\n")
fails("bad argument #2 to 'check' (string expected, got table)", check, true, {})
fails("a note needs its text", note, "")
fails("a mark needs its text", mark)
fails("a label needs its text", label, "", print)
fails("a phase needs its title", phase, nil, print)
local labelled = coroutine.wrap(function()
  label("over a yield", function() coroutine.yield(1) end)
  return 2
end)
check(labelled() == 1 and labelled() == 2, "a label over a yield")
local before = memory()
local big = ("x"):rep(1000000)
check(memory() - before > 900000, "memory grows")
print(1, { 1, 2, "x" }, { b = { true, none }, a = 1 }, none)
note("a note") mark("a mark")
fails("ValueError: sleep length must be non-negative", time.sleep, -1)
fails("OverflowError: timeout value is too large", time.sleep, math.huge)
