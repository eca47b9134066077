-- run: check
-- run: run --clock virtual --gil 3.9 --print none
-- run: run --clock virtual --gil 2.7 --print none
-- run: run --clock virtual --gil off --print none
-- run: run --clock real --print none
-- run: run --clock real --gil 2.7 --print none
scene { title = "sys and gilscope: facts about the GIL", cores = 2 }

local function fails(text, fn, ...)
  local ok, message = pcall(fn, ...)
  check(not ok and tostring(message):find(text, 1, true), "raises " .. text)
end

local v, gil = sys.version_info, sys._is_gil_enabled()
check(v[1] == v.major and v[2] == v.minor, "a version is a tuple, with names")
check(v >= { v.major } and v > { v.major, v.minor - 1 } and v <= { v.major, v.minor, 0 }
  and not (v < { 2, 7 }) and not (v >= { v.major, v.minor + 1 }), "and compares as one")
check(gil == (v < { 3, 13 }), "3.13 is the free-threaded one")

check(sys.getswitchinterval() == 0.005, "5 ms is the default")
sys.setswitchinterval(0.001)
check(sys.getswitchinterval() == (gil and 0.001 or 0.005), "the interval can be changed")
check(interpreters.create():call(sys.getswitchinterval) == 0.005, "a new interpreter has its own")
fails("ValueError: switch interval must be strictly positive", sys.setswitchinterval, 0)
fails("ValueError: switch interval must be strictly positive", sys.setswitchinterval, 0 / 0)

local function spin(seconds)
  local stop = time.perf_counter() + seconds
  while time.perf_counter() < stop do end
end
local function pair(seconds)
  local one = threading.Thread { target = spin, args = { seconds } }
  local two = threading.Thread { target = spin, args = { seconds } }
  one:start() two:start() one:join() two:join()
end
local seen = gilscope.watch(pair, 0.03)
check(seen.seconds >= 0.03, "the whole call is watched")
if not gil then
  check(seen.hand_offs == 0 and seen.shortest_slice == math.huge, "no GIL, no hand-offs")
elseif v.major == 2 then
  check(seen.requests == 0 and seen.releases > 0, "2.7 is not asked, it lets go")
  check(seen.hand_offs > 2, ("and who wants it gets it: %d times"):format(seen.hand_offs))
  check(seen.shortest_slice > 0 and seen.shortest_slice < seen.seconds,
    ("nobody holds it for longer than the whole: %g s"):format(seen.shortest_slice))
else
  check(seen.releases == 0 and seen.requests > 0, "it is asked")
  check(seen.shortest_slice >= 0.001, "never before the interval is over")
  check((seen.lines[29] or 0) > 0, "at the loop in spin")
end
local function tight() for _ = 1, 6000000 do end end
local function two_tight()
  local one, two = threading.Thread { target = tight }, threading.Thread { target = tight }
  one:start() two:start() one:join() two:join()
end
seen = gilscope.watch(two_tight)
if gil and v.major > 2 then
  check(seen.hand_offs > 6, ("a loop on one line gives way: %d times"):format(seen.hand_offs))
end
check(gilscope.watch(function() end).hand_offs == 0, "each call is counted for itself")
check(gilscope.watch(spin, 0.002).releases == 0, "while nobody waits it is not released")

local idle = time.process_time()
local own = time.thread_time()
time.sleep(0.05)
check(time.process_time() - idle < 0.02, "a sleep costs no processor time")
native.compute(0.01)
check(time.thread_time() - own >= 0.0099, "computing does")

local flag = threading.Event()
local t = threading.Thread { target = function() time.sleep(0.02) flag:set() end, name = "setter" }
t:start()
flag:wait()
check(gilscope.woken_by() == "setter", "who ended the wait")
time.sleep(0.001)
check(gilscope.woken_by() == nil, "nobody ended the sleep")
t:join()
