#!/usr/bin/env bash
# `gilscope run` on a pipe: what is printed, which status it has, what broken scenes are told.
. "${GS_SOURCE:?}/tests/support/cmd.bash" || exit
scene() { cat >"$here/$1.lua"; }

scene good <<'LUA'
scene { title = "Two threads" }
local function work() for _ = 1, 20000 do end end
local a = threading.Thread { target = work, name = "first" }
local b = threading.Thread { target = work, name = "second" }
a:start() b:start() a:join() b:join()
note("look here")
print("done")
check(true, "both have ended")
LUA

for clock in virtual real; do
    try 0 run --clock $clock "$here/good.lua"
    out_has "first"
    out_has "second"
    out_has "both have ended"
    out_has "done"
    err_empty
done

try 0 run --clock virtual --print boxes "$here/good.lua"
out_has "─ GIL: "
out_has "wants the GIL"
out_has "at "
try 0 run --clock virtual --print boxes --at 1us --width 60 --ascii "$here/good.lua"
out_has "+- GIL: MainThread for 1"
try 0 run --clock virtual --print boxes --at 1000s "$here/good.lua"
out_has "first       has ended"

try 0 run --print none "$here/good.lua"
out_empty
try 0 run --print text "$here/good.lua"
out_has "second"
try 0 run --print none --stats "$here/good.lua"
out_has "first"
try 0 run --print none --verify "$here/good.lua"
[[ -s $here/out ]] || fail "--verify says nothing"
try 0 run --ascii --width 60 "$here/good.lua"
LC_ALL=C grep -qP '[^\x00-\x7f]' "$here/out" && fail "--ascii prints characters outside ASCII"
[[ $(awk 'NR > 2 { if (length > n) n = length } END { print n }' "$here/out") -le 60 ]] || fail "lines wider than 60"

scene umlauts <<'LUA'
scene { title = "Wörter" }
print("grün")
LUA
for locale in C C.UTF-8; do
    LC_ALL=$locale try 0 run --ascii --print json --stats "$here/umlauts.lua"
    LC_ALL=C grep -qP '[^\x00-\x7f]' "$here/out" && fail "--ascii prints JSON outside ASCII"
    out_has 'gr\u00FCn'
    LC_ALL=$locale try 0 run --print json "$here/umlauts.lua"
    out_has 'grün'
done

try 0 run --print json "$here/good.lua"
python3 - "$here/out" <<'PY' || fail "JSON"
import json, sys
lines = [json.loads(line) for line in open(sys.argv[1])]
kinds = {line["type"] for line in lines}
assert {"actor", "span", "gil", "check", "note", "output", "end"} <= kinds, kinds
assert [l["ok"] for l in lines if l["type"] == "check"] == [True]
assert {"first", "second"} <= {l["name"] for l in lines if l["type"] == "actor"}
PY

scene old_beside_new <<'LUA'
scene { title = "An interpreter with rules of its own" }
sys.setswitchinterval(0.002)
interpreters.create { gil = "2.7" }
interpreters.create { gil = "off" }
LUA
for clock in virtual real; do
    try 0 run --clock $clock --print json --interval 7 "$here/old_beside_new.lua"
    python3 - "$here/out" <<'PY' || fail "the rules of each interpreter"
import json, sys
lines = [json.loads(line) for line in open(sys.argv[1])]
rules = [(l["gil"], l["interval"]) for l in lines if l.get("kind") == "interpreter"]
assert rules == [("3.12", 7000000), ("2.7", 7000000), ("off", None)], rules
set_to = [(l["interpreter"], l["interval"]) for l in lines if l["type"] == "gil-interval"]
assert set_to == [(2, 2000000)], set_to
PY
done

scene failing <<'LUA'
scene { title = "A claim that fails" }
check(true, "this holds")
check(1 > 2, "one is more than two")
LUA
try 1 run "$here/failing.lua"
out_has "one is more than two"

scene thrown <<'LUA'
scene { title = "An error in a thread" }
local t = threading.Thread { target = function()
  error("it broke")
end, name = "breaks" }
t:start() t:join()
LUA
for clock in virtual real; do
    try 1 run --clock $clock "$here/thrown.lua"
    err_has "thrown.lua:3: it broke"
done

scene main_error <<'LUA'
scene { title = "An error in the scene itself" }
local x = nil
print(x.y)
LUA
try 1 run "$here/main_error.lua"
err_has "main_error.lua:3:"

scene syntax <<'LUA'
scene { title = "A syntax error" }

local function ( end
LUA
try 2 run "$here/syntax.lua"
err_has "syntax.lua:3:"

scene arguments <<'LUA'
scene { title = "Arguments" }
check(args[1] == "one" and args[2] == "--two", "arguments arrive")
LUA
try 0 run --print none "$here/arguments.lua" -- one --two

scene locks <<'LUA'
scene { title = "Two locks" }
local a, b = threading.Lock(), threading.Lock()
local function take(first, second)
  return function() first:acquire() time.sleep(0.05) second:acquire() end
end
local one = threading.Thread { target = take(a, b), name = "one" }
local two = threading.Thread { target = take(b, a), name = "two" }
one:start() two:start() one:join() two:join()
LUA
for clock in virtual real; do
    try 1 run --clock $clock --print text "$here/locks.lua"
    cat "$here/out" >>"$here/err"
    err_has "deadlock"
    err_has "one"
    err_has "two"
done

scene escape <<'LUA'
scene { title = "Names that steer" }
local t = threading.Thread { target = function() print("\27]0;owned\7") end, name = "\27[31mred" }
t:start() t:join()
note("\27[2J")
error("\27[31m")
LUA
for print in lanes text json; do
    try 1 run --print $print "$here/escape.lua"
    out_lacks $'\e'
    err_lacks $'\e'
done

# Ended by a signal, a run is as long as its clock says, not as its last event. In the background
# timeout would send two of them, and the second one ends the printing.
scene endless <<'LUA'
scene { title = "No end" }
while true do end
LUA
for clock in virtual real; do
    tried="gilscope run --clock $clock, ended after a second"
    timeout --foreground --preserve-status 1 "$GILSCOPE" run --clock $clock --print json "$here/endless.lua" >"$here/out" 2>"$here/err"
    [[ $? == 143 ]] || fail "not the status of a signal"
    python3 - "$here/out" <<'PY' || fail "its end"
import json, sys
end = [json.loads(line) for line in open(sys.argv[1])][-1]
assert end["type"] == "end" and end["status"] is None and end["time"] > 1e6, end
PY
done

# A reader that closes the pipe ends the program, not with a hang.
timeout 20 bash -c '"$0" run "$1" | head -1' "$GILSCOPE" "$here/good.lua" >"$here/out" 2>"$here/err" || fail "head"

try 2 run
err_has "run needs a scene"
try 2 run "$here/none.lua"
err_has "none.lua: cannot read the scene: No such file"
try 2 run "$here"
try 2 run gil/cpu-thraeds
err_has "did you mean 'gil/cpu-threads'"
try 2 run "$here/good.lua" "$here/good.lua"
err_has "takes one scene"
try 2 run --clock slow "$here/good.lua"
try 2 gil/cpu-threads
err_has "gilscope run gil/cpu-threads"
try 2
err_has "needs a terminal"
try 0 run --help
out_has "--interval"
out_has "spawn"

finish
