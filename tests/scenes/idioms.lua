-- run: check --gil 3.12 --seed 1
-- run: check --gil 3.12 --seed 2
-- run: check --gil 3.12 --seed 3
-- run: check --gil 3.12 --seed 4
-- run: check --gil 3.12 --seed 5
-- run: check --gil 3.9 --seed 1
-- run: check --gil 3.9 --seed 2
-- run: check --gil 3.9 --seed 3
-- run: check --gil 3.9 --seed 4
-- run: check --gil 3.9 --seed 5
-- run: check --gil 2.7 --seed 1
-- run: check --gil 2.7 --seed 2
-- run: check --gil 2.7 --seed 3
-- run: check --gil 2.7 --seed 4
-- run: check --gil 2.7 --seed 5
-- run: check --gil 3.12 --clock real
-- run: check --gil 3.12 --clock real
-- run: check --gil 3.12 --clock real
-- run: check --gil 3.12 --clock real
-- run: check --gil 3.12 --clock real
-- run: check --gil 3.9 --clock real
-- run: check --gil 3.9 --clock real
-- run: check --gil 3.9 --clock real
-- run: check --gil 3.9 --clock real
-- run: check --gil 3.9 --clock real
-- run: check --gil 2.7 --clock real
-- run: check --gil 2.7 --clock real
-- run: check --gil 2.7 --clock real
-- run: check --gil 2.7 --clock real
-- run: check --gil 2.7 --clock real
scene { title = "What two threads lose without a lock, and what they do not: as CPython, measured",
        cores = 2, interval = 0.02 }

local N, STEPS = 100000, 5000
local counter, text, list, table_, taken

local function read() return counter end
local function nothing() end

-- The body of a loop, how often, what there is then, and in which versions some of it is lost:
-- two threads, 300,000 times each, in CPython 2.7.18, 3.9.18 and 3.12.1, five runs of each.
local idioms = {
  { "counter = counter + 1", N, function() return counter end, lost = "2.7 3.9",
    function(n) for _ = 1, n do counter = counter + 1 end end },
  { "a call between", N, function() return counter end, lost = "2.7 3.9 3.12",
    function(n)
      for _ = 1, n do
        local before = counter
        nothing()
        counter = before + 1
      end
    end },
  { "counter = read() + 1", N, function() return counter end, lost = "2.7 3.9",
    function(n) for _ = 1, n do counter = read() + 1 end end },
  { "text = text .. \"x\"", STEPS, function() return #text end, lost = "2.7 3.9",
    function(n) for _ = 1, n do text = text .. "x" end end },
  { "table.insert(list, i)", N, function() return #list end, lost = "",
    function(n) for i = 1, n do table.insert(list, i) end end },
  { "list[#list + 1] = i", N, function() return #list end, lost = "2.7 3.9",
    function(n) for i = 1, n do list[#list + 1] = i end end },
  { "t.n = t.n + 1", N, function() return table_.n end, lost = "2.7 3.9",
    function(n) for _ = 1, n do table_.n = table_.n + 1 end end },
  { "if there is one, take it", N, function() return N + taken end, lost = "2.7 3.9",
    function(n)
      for i = 1, n do
        if counter < i then
          counter = counter + 1
          taken = taken + 1
        end
      end
    end },
}

local function once(idiom)
  counter, text, list, table_, taken = 0, "", {}, { n = 0 }, 0
  local name, n, got, body = table.unpack(idiom)
  local a = threading.Thread { target = body, args = { n } }
  local b = threading.Thread { target = body, args = { n } }
  a:start() b:start() a:join() b:join()
  return got() == 2 * n
end

-- A loss is chance, and may take a few attempts; what is exact is so in each.
local version = ("%d.%d"):format(sys.version_info.major, sys.version_info.minor)
for _, idiom in ipairs(idioms) do
  local is_lost = idiom.lost:find(version, 1, true)
  local exact, attempts = true, is_lost and 50 or 1
  for _ = 1, attempts do exact = exact and once(idiom) end
  if is_lost then
    check(not exact, version .. " loses some: " .. idiom[1])
  else
    check(exact, version .. " is exact: " .. idiom[1])
  end
end
