#!/usr/bin/env bash
# What is recorded gives the same bytes as the live run, whatever ran and on which clock; what is left
# of a recording that was cut, killed, damaged or had no room is there, and the rest is told of.
. "${GS_SOURCE:?}/tests/support/cmd.bash" || exit
cd "$here" || exit

# same ARGS...: a run with these arguments, and its recording, in every format.
same() {
    local format
    for format in json lanes text boxes; do
        try 0 run "$@" --record r.gsr --print $format --width 90
        mv out live
        try 0 export r.gsr --to $format --width 90
        cmp live out || fail "its recording's $format differs from the live run's"
    done
    try 0 run "$@" --record r.gsr --stats --width 90
    mv out live
    try 0 play r.gsr --stats --width 90
    cmp live out || fail "its recording's statistics differ from the live run's"
    try 0 verify r.gsr
    out_has "every invariant holds"
    err_empty
}

cat >program.py <<'PY'
"""Two threads and a process

clock: virtual
"""
import multiprocessing, queue, threading, gilscope

jobs = queue.Queue()

def work():
    with gilscope.label("work"):
        while jobs.get() is not None:
            sum(range(20000))

def child(n):
    print("child", n)

if __name__ == "__main__":
    gilscope.note("It begins.")
    threads = [threading.Thread(target=work, name=f"worker {i}") for i in range(2)]
    for t in threads:
        t.start()
    for i in range(6):
        jobs.put(i)
    p = multiprocessing.get_context("fork").Process(target=child, args=(1,))
    p.start()
    p.join()
    for t in threads:
        jobs.put(None)
    for t in threads:
        t.join()
    gilscope.check(True, "all is done")
PY
for clock in virtual real; do
    same gil/cpu-threads.lua --clock $clock
    same program.py --clock $clock
done
same sync/deadlock.lua
# Cut, by the run's own clock.
same gil/cpu-threads.lua --until 120ms

# Nothing but the file is needed.
try 0 run program.py --record r.gsr --print none
mv program.py elsewhere.py
try 0 play r.gsr
out_has "Two threads and a process"
out_has "worker 1"
out_has "all is done"
try 0 stats r.gsr --json
out_has '"type":"lane"'
try 0 export r.gsr --to json -o file.json
out_empty
grep -q '"type":"actor"' file.json || fail "the export is not in its file"
try 1 export r.gsr --to json -o /dev/full
err_has "No space left on device"
mv elsewhere.py program.py

# Recordings and scenes can be compared.
try 0 run gil/cpu-threads.lua --cores 1 --record one.gsr --print none
try 0 compare one.gsr r.gsr gil/cpu-threads.lua
out_has "one.gsr"
out_has "r.gsr"
try 0 export one.gsr --to lanes --from 50ms --until 100ms
grep -qE '^ +50ms ' out || fail "the picture does not begin at 50 ms"
try 2 compare one.gsr --vary cores=1,2
err_has "one.gsr is as it was recorded, nothing of it can vary"

# Asked wrongly.
try 2 play
err_has "play needs a recording"
try 2 stats one.gsr r.gsr
err_has "stats takes one recording, and 'r.gsr' is a second"
try 2 export one.gsr
err_has "export needs a format: --to lanes, boxes, text, json, chrome"
try 2 export one.gsr --to gif
err_has "there is no format 'gif'"
try 2 export one.gsr --to json --from 2s --until 1s
err_has "--until has to be later than --from"
try 2 play nowhere.gsr
err_has "cannot read the recording nowhere.gsr: No such file or directory"
try 2 play program.py
err_has "program.py is no recording of gilscope's"
: >empty.gsr
try 2 play empty.gsr
err_has "empty.gsr is empty, as a recording is whose recorder was ended before it had written anything"
try 2 verify empty.gsr
err_has "empty.gsr is empty"
try 2 run one.gsr
err_has "one.gsr is a recording: gilscope play one.gsr"

# What is neither scene nor recording, or none that can be read: each verb says what that is and
# what would do.
mkdir -p folder folder.py
echo text >text.txt
cp text.txt tool && chmod +x tool
mkfifo a_pipe
python3 - <<'PY'
import struct, zlib
head = bytearray(open("one.gsr", "rb").read())
head[8] = 9
head[12:16] = struct.pack("<I", zlib.crc32(head[:12]))
open("newer.gsr", "wb").write(head)
PY
newer="newer.gsr was recorded by a newer gilscope (format 9; this one reads up to 1): take that to read it"
for reads in play stats verify "export --to json"; do
    for words in "folder: is a folder: name a recording in it" \
        "a_pipe: is no regular file, which a recording is: copy it into one" \
        "text.txt: is no recording of gilscope's; 'gilscope run --record FILE SCENE' makes one" \
        "empty.gsr: is empty, as a recording is whose recorder was ended"; do
        # shellcheck disable=SC2086
        try 2 $reads "${words%%:*}"
        err_has "${words/:/}"
    done
    # shellcheck disable=SC2086
    try 2 $reads newer.gsr
    err_has "$newer"
done
for runs in run "compare one.gsr" check; do
    for words in "folder: is a folder: name a .py or .lua file in it" \
        "folder.py: is a folder: name a .py or .lua file in it" \
        "a_pipe: is a pipe or a device, and a scene is a .py or .lua file" \
        "text.txt: is no .py or .lua file, which a scene is, and no recording either; 'gilscope list' shows" \
        "./text.txt: is no .py or .lua file, which a scene is, and no recording either" \
        "tool: is no .py or .lua file, which a scene is; any program is watched by: gilscope trace -- ./tool" \
        "empty.gsr: is empty: no scene, and if it was to be a recording, its recorder was ended"; do
        # shellcheck disable=SC2086
        try 2 $runs "${words%%:*}"
        err_has "${words/:/}"
    done
done
try 2 compare one.gsr newer.gsr
err_has "$newer"
# Root may read everything; another user says so.
another=()
[[ $(id -u) != 0 ]] || another=(setpriv --reuid 65534 --clear-groups)
chmod 711 "$here"
if "${another[@]}" "$GILSCOPE" --version >out 2>err; then
    cp one.gsr secret.gsr && cp text.txt secret.py && chmod 0 secret.*
    for words in "play secret.gsr" "stats secret.gsr" "verify secret.gsr" "run secret.gsr" \
        "compare one.gsr secret.gsr" "export --to json secret.gsr" "run secret.py"; do
        tried="gilscope $words (another user)"
        # shellcheck disable=SC2086
        "${another[@]}" "$GILSCOPE" $words >out 2>err </dev/null && fail "its status is 0"
        grep -qE "cannot read (the recording )?secret\.(gsr|py): Permission denied" err ||
            fail "it does not say why"
    done
    rm -f secret.*
fi
try 2 export one.gsr --to json -o ./one.gsr
err_has "./one.gsr is a recording and is not overwritten: name another file"

# What a run that was refused has not recorded over is still there.
cp one.gsr kept.gsr
try 2 run no-such-scene --record kept.gsr --print none
script -qec "TERM=nonsense '$GILSCOPE' run gil/cpu-threads.lua --record kept.gsr" /dev/null >/dev/null
cmp one.gsr kept.gsr || fail "a recording is gone before there is another"
tried="a screen that cannot be opened"
script -qec "TERM=nonsense '$GILSCOPE' play one.gsr; echo status \$?" /dev/null >out
grep -q "status 2" out || fail "the exit status is not 2"

# Nothing that is no recording is overwritten, and the program does not run first.
cat >touches.lua <<'LUA'
scene { title = "x" }
print("I have run")
LUA
try 2 run touches.lua --record program.py --print lanes
err_has "program.py is there and is no recording, so it is not overwritten"
out_empty
try 2 run touches.lua --record no/such/folder.gsr --print lanes
err_has "cannot record into no/such/folder.gsr: No such file or directory"
out_empty

# A disk that is full.
try 2 run touches.lua --record /dev/full --print lanes
err_has "cannot record into /dev/full: it is no regular file"
out_empty
# A pipe that nobody reads would never take anything.
mkfifo pipe.gsr
try 2 run touches.lua --record pipe.gsr --print none
err_has "cannot record into pipe.gsr: it is no regular file"
# … or gets so: a file system of 16 KB, where one can be mounted.
mkdir small
export GILSCOPE here
if unshare -rm bash -c 'mount -t tmpfs -o size=16k none small' 2>/dev/null; then
    # shellcheck disable=SC2016
    unshare -rm bash -c 'mount -t tmpfs -o size=16k none small && "$GILSCOPE" run \
        gil/cpu-threads.lua --record small/full.gsr --interval 0.01 --print json >out 2>err
        echo $? >status; cp small/full.gsr .'
    tried="a run whose recording's disk gets full"
    [[ $(<status) == 1 ]] || fail "exit status $(<status) instead of 1"
    err_has "the recording small/full.gsr ends here: No space left on device; the run has gone on"
    out_has '"type":"end"'
    try 0 verify full.gsr
    err_has "full.gsr ends"
fi

# A file that is cut has what stood in front of the cut, and says so; one that is damaged says that.
size=$(stat -c %s one.gsr)
head -c $((size - 30)) one.gsr >cut.gsr
try 0 verify cut.gsr
head -c $((size / 2)) one.gsr >cut.gsr
try 0 play cut.gsr
err_has "cut.gsr ends"
err_has "whoever recorded it was ended, or still goes on"
# … and what was lost in its middle is unknown, not idle.
cat >long.lua <<'LUA'
scene { title = "Long" }
local t = threading.Thread { target = function() for _ = 1, 200 do time.sleep(0.005) end end }
t:start() t:join()
LUA
try 0 run long.lua --clock real --record long.gsr --print none
size=$(stat -c %s long.gsr)
printf 'damaged' | dd of=long.gsr bs=1 seek=$((size / 2)) conv=notrunc status=none
try 1 verify long.gsr
err_has "long.gsr is damaged: "
err_has "events are missing, and what happened meanwhile is not known"
try 1 play long.gsr --width 100
out_has "? unknown"
out_has "events are missing: the recording is damaged"
try 1 play long.gsr --print text
out_has "are missing"
try 1 compare long.gsr one.gsr
try 1 export long.gsr --to chrome -o long.json
grep -qE '"[0-9]+ events are lost"' long.json || fail "what is lost is not in the Trace Events"
# Also where no event is: in the program's text, which comes early, and in the list of the blocks.
size=$(stat -c %s one.gsr)
for at in 600 $((size - 60)); do
    cp one.gsr part.gsr
    printf 'damaged' | dd of=part.gsr bs=1 seek="$at" conv=notrunc status=none
    try 1 verify part.gsr
    err_has "part.gsr is damaged: "
done

finish
