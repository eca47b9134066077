-- run: run --print text
-- says: Question: Is it? (yes or no) Answer: no
-- says: 1 [1, 2, 'x'] {a: 1, b: [true, None]} None
scene { title = "check, note, mark, ask, label, phase, measure, memory, print", cores = 2 }

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
check(select("#", ask("Is it?", { "yes", "no" }, "no")) == 0, "nobody's answer gets here")
ask("How many?", { 1, 2, 3, 4, 5, 6, 7, 8, 9 }, 9)
fails("a question needs its text", ask, "", { "yes", "no" }, "no")
fails("a question is one line", ask, "Is\nit?", { "yes", "no" }, "no")
fails("2 to 9 answers are needed", ask, "Is it?", { "yes" }, "yes")
fails("2 to 9 answers are needed", ask, "Is it?", { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 }, 1)
fails("each answer must be a text of one line", ask, "Is it?", { "yes", "" }, "yes")
fails("each answer must be a text of one line", ask, "Is it?", { "yes", print }, "yes")
fails("the right answer must be one of them", ask, "Is it?", { "yes", "no" }, "maybe")
fails("table expected", ask, "Is it?", "yes", "yes")
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
