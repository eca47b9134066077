#!/usr/bin/env bash
# Where nothing may be written, or no more, the oldest of a run goes, and whatever shows the run says
# from when on it is whole; and each command that has a run keeps to --memory.
. "${GS_SOURCE:?}/tests/support/cmd.bash" || exit
. "${GS_SOURCE:?}/tests/support/largest.bash" || exit
. "${GS_SOURCE:?}/tests/support/left.bash" || exit
. "${GS_SOURCE:?}/tests/support/pane.bash" || exit
cd "$here" || exit
cat >busy.lua <<'LUA'
scene { title = "Busy" }
local lock, all = threading.Lock(), {}
local function work() for _ = 1, 200000 do lock:acquire() lock:release() end end
for i = 1, 3 do all[i] = threading.Thread { target = work } all[i]:start() end
for i = 1, 3 do all[i]:join() end
check(true, "it ends")
LUA
try 0 run busy.lua --interval 0.01 --print none --memory 1G --record busy.gsr
export GILSCOPE

# nowhere ARGS...: gilscope ARGS where every folder for temporary files is one that is only read.
nowhere() {
    tried="gilscope $* where no file can be written"
    # shellcheck disable=SC2016
    TMPDIR=/proc unshare -rm bash -c 'for folder in /tmp /var/tmp; do
            mount --bind "$folder" "$folder" && mount -o remount,bind,ro "$folder" || exit 9
        done; touch /tmp/gilscope-here 2>/dev/null && exit 9
        exec "$GILSCOPE" "$@"' gilscope "$@" </dev/null 2>err | cat >out
    [[ ${PIPESTATUS[0]} == 0 ]] || fail "it does not end well"
}
if unshare -rm bash -c 'mount --bind /tmp /tmp && mount -o remount,bind,ro /tmp && mount --bind /var/tmp /var/tmp &&
        mount -o remount,bind,ro /var/tmp' 2>/dev/null; then
    nowhere play busy.gsr --memory 32M --print lanes --stats --verify
    out_has "the run is whole from"
    out_has "neither in memory nor on a disk"
    out_has "? unknown"
    out_has "✓ every invariant holds"
    nowhere stats busy.gsr --memory 32M --json
    python3 - out <<'PY' || fail "the JSON does not say since when"
import json, sys
run = json.loads(open(sys.argv[1]).readline())
assert run["type"] == "run" and 0 < run["whole_from"] < run["duration"], run
PY
    nowhere run busy.lua --interval 0.01 --memory 32M --print text
    out_has "From here on the run is whole"
    # What fits needs no file.
    nowhere play busy.gsr --memory 1G --print lanes --stats --verify
    out_lacks "whole from"
else
    echo "no folder can be made read-only here: what happens then is not looked at"
fi

# On the screen its header says it, as long as it is seen.
open_pane 100 30
keys "cd $here; ulimit -f 1024" Enter
on "play busy.gsr --memory 32M --speed 10"
keys G
sees "whole from "
sees "? unknown"
keys q
await left_screen || fail "the screen stays"

# Two runs are in memory then. What looks for mistakes has memory of its own.
largest compare busy.gsr busy.gsr --memory 1G
mv out whole
much=$largest
largest compare busy.gsr busy.gsr --memory 32M
cmp out whole || fail "in little memory it says something else"
[[ ${GS_POOLED-} == no ]] || ((largest * 3 < much * 2)) || fail "it had $largest MB, and with all $much"
cat >busy.py <<'PY'
import threading
lock = threading.Lock()
def work():
    for _ in range(60000):
        with lock:
            pass
all = [threading.Thread(target=work) for _ in range(3)]
for t in all: t.start()
for t in all: t.join()
print("done")
PY
try 0 trace --memory 16M --verify --record traced.gsr -- python3 busy.py
out_has "✓ every invariant holds"
try 0 verify traced.gsr --memory 16M
out_has "✓ every invariant holds"
finish
