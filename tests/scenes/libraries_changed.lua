-- run: run --print text
-- run: run --print text --clock real
-- run: run --print text --clock real --gil off
-- says: mine: trimmed x|
-- says: mine: 12 nothing 3.5
scene { title = "What a scene adds to a library or puts in its place goes along into a thread" }

local say, floor = print, math.floor
function print(...) say("mine:", ...) end
local function blanks() return "^%s+" end
function string.trim(s) return (s:gsub(blanks(), "")) end
function math.floor(x) return x == 1 and 3.5 or floor(x) end
threading.nothing = "nothing"
local m = math

local function work()
  print("trimmed " .. ("  x|"):trim())
  print(m.floor(12.5) .. " " .. threading.nothing .. " " .. m.floor(1))
end
local thread = threading.Thread { target = work }
thread:start()
thread:join()

-- Nobody uses it: then it need not be carried.
string.unused = coroutine.create(work)
local other = threading.Thread { target = function() check(math.max(1, 2) == 2, "as it was") end }
other:start()
other:join()
