#!/usr/bin/env bash
# Runs that would never end: cut at a time of their clock, told of after ten seconds, and ended from
# outside at once, with whole lines.
. "${GS_SOURCE:?}/tests/support/cmd.bash" || exit
scene() { cat >"$here/$1.lua"; }

scene naps <<'LUA'
scene { title = "Two that nap for ever" }
local function naps() while true do time.sleep(0.00001) end end
check(true, "it begins")
threading.Thread { target = naps }:start()
naps()
LUA
scene fails <<'LUA'
scene { title = "A claim that fails, and no end" }
check(false, "the moon is cheese")
while true do time.sleep(0.01) end
LUA
scene short <<'LUA'
scene { title = "Short" }
time.sleep(0.05)
check(true, "it ends")
LUA

# Said once, and not where an end is known.
"$GILSCOPE" run --print none "$here/fails.lua" --clock real >"$here/long.out" 2>"$here/long.err" &
long=$!
"$GILSCOPE" run --print none "$here/fails.lua" --clock real --until 11s >"$here/cut.out" 2>"$here/cut.err" &
cut=$!
began=$SECONDS

# The real clock gives a busy machine time for what comes first.
for words in virtual:30 real:500; do
    clock=${words%:*} ms=${words#*:}
    try 0 run --clock $clock --until ${ms}ms --print json --verify "$here/naps.lua"
    python3 - "$here/out" $ms <<'PY' || fail "where it is cut"
import json, sys
lines = [json.loads(line) for line in open(sys.argv[1])]
cut = int(sys.argv[2]) * 1000000
assert lines[-1] == {"type": "end", "time": cut, "status": None}, lines[-1]
ends = [line["end"] for line in lines if line["type"] == "span"]
assert max(ends) == cut and len(ends) > 10, (max(ends), len(ends))
PY
    try 1 run --clock $clock --until ${ms}ms --print none "$here/fails.lua"
    try 0 check --clock $clock --until ${ms}ms "$here/naps.lua"
    out_has "1 scene, 1 claim: all hold"
    try 1 check --clock $clock --until ${ms}ms "$here/fails.lua"
    out_has "1 claim: 1 fails"
    try 0 run --clock $clock --until 10s --print text "$here/short.lua"
    out_has "it ends"
    try 0 run --clock $clock --until 10ms --print text "$here/short.lua"
    out_lacks "it ends"
done
"$GILSCOPE" run --until 30ms --print json "$here/naps.lua" >"$here/first"
"$GILSCOPE" run --until 30ms --print json "$here/naps.lua" >"$here/second"
cmp "$here/first" "$here/second" || fail "two runs cut at the same time differ"

# told SIGNAL...: to a run that has been going on for some seconds; $took is how long its end takes.
told() {
    tried="gilscope run --print json naps.lua, then $*"
    "$GILSCOPE" run --print json "$here/naps.lua" >"$here/out" 2>"$here/err" &
    local gilscope=$! before
    sleep 4
    before=${EPOCHREALTIME/./}
    for signal in "$@"; do
        kill -$signal $gilscope
        sleep 0.2
    done
    wait $gilscope
    status=$?
    took=$(((${EPOCHREALTIME/./} - before) / 1000))
    python3 - "$here/out" <<'PY' || fail "a line is not whole"
import json, sys
text = open(sys.argv[1]).read()
assert text == "" or text.endswith("\n")
for line in text.splitlines():
    json.loads(line)
PY
}
told TERM
[[ $status == 143 ]] || fail "status $status instead of 143"
((took < 3000)) || fail "it takes $took ms to end"
told INT TERM
[[ $status == 143 ]] || fail "status $status instead of 143"
((took < 1500)) || fail "it takes $took ms to end, told twice"

# A reader that does not read does not keep it, and finds whole lines when it does.
tried="gilscope run --print json naps.lua, not read, then TERM"
mkfifo "$here/pipe"
exec 3<>"$here/pipe"
"$GILSCOPE" run --until 300ms --print json "$here/naps.lua" >"$here/pipe" 2>"$here/err" &
gilscope=$!
python3 - <<'PY' || fail "the pipe is not filled"
import fcntl, struct, termios, time
def filled():
    return struct.unpack("i", fcntl.ioctl(3, termios.FIONREAD, b"\0" * 4))[0]
for turn in range(300):
    before = filled()
    time.sleep(0.3)
    if before > 3000 and filled() == before:
        raise SystemExit(0)
raise SystemExit(1)
PY
kill -TERM $gilscope
wait $gilscope
status=$?
[[ $status == 143 ]] || fail "status $status instead of 143"
python3 - <<'PY' || fail "a line in the pipe is not whole"
import json, os
os.set_blocking(3, False)
text = os.read(3, 1 << 20).decode()
assert text.endswith("\n"), text[-200:]
for line in text.splitlines():
    json.loads(line)
PY

while ((SECONDS - began < 12)); do sleep 0.2; done
kill -TERM $long
wait $long $cut
tried="gilscope run fails.lua, for 12 seconds"
cp "$here/long.err" "$here/err"
[[ $(grep -c "10 s have passed and the run goes on" "$here/err") == 1 ]] || fail "it is not told, once"
cp "$here/cut.err" "$here/err"
err_empty
finish
