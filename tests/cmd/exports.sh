#!/usr/bin/env bash
# --export: the run goes into files of any formats, the same bytes as export writes of its recording;
# what was there is only lost once there is another; and what is said of what cannot be.
. "${GS_SOURCE:?}/tests/support/cmd.bash" || exit
cd "$here" || exit

"$GILSCOPE" export --to nothing nowhere.gsr 2>err
formats=$(sed -n "s/.*there are \(.*\) (see.*/\1/p" err | tr -d ,)
[[ $formats == *lanes*json* ]] || fail "the formats are not listed"

# same COMMAND...: the command's run into every format, and its recording likewise.
same() {
    local format asked=()
    for format in $formats; do
        asked+=(--export "$format=live.$format")
    done
    rm -f live.*
    try 0 "$1" "${asked[@]}" "${@:2}"
    for format in $formats; do
        try 0 export r.gsr --to "$format" -o "recorded.$format"
        out_empty
        cmp "live.$format" "recorded.$format" || fail "its recording's $format differs from --export's"
        [[ -s live.$format ]] || fail "$format is empty"
    done
}
cat >program.py <<'PY'
"""A thread

clock: virtual
"""
import threading
t = threading.Thread(target=print, args=("hello",))
t.start()
t.join()
PY
same run gil/cpu-threads.lua --record r.gsr
same run gil/cpu-threads.lua --record r.gsr --clock real
same run gil/cpu-threads.lua --record r.gsr --until 120ms
same run program.py --record r.gsr
same trace --record r.gsr -- python3 program.py
same play r.gsr
leftovers=$(find . -name '.*.*')
[[ -z $leftovers ]] || fail "files are left over: $leftovers"

# Beside it the results are printed as ever; not where the export itself takes standard output.
try 0 run sync/event.lua --export json=x.json --width 90
mv out with
try 0 run sync/event.lua --width 90
cmp with out || fail "what is printed changes with an export"
try 0 run sync/event.lua --record r.gsr --export json=-
mv out with
try 0 export r.gsr --to json
cmp with out || fail "standard output has not the export alone"
try 0 play r.gsr --export json=-
cmp with out || fail "nor has play's"
# An export of one instant.
try 0 run sync/event.lua --export boxes=x.txt --at 3ms
grep -q "at 3.0 ms of" x.txt || fail "the boxes are not of the instant that was asked for"
# Files have colours only if asked, and no terminal's width.
script -qec "stty cols 60; '$GILSCOPE' export r.gsr --to lanes -o terminal.txt" /dev/null >/dev/null
try 0 export r.gsr --to lanes
cmp out terminal.txt || fail "a terminal shows in the file"
try 0 export r.gsr --to lanes --color always -o x.txt
grep -q $'\e\[0;' x.txt || fail "colours that were asked for are missing"

# A link stays one, and rights stay what they were.
echo old >target
chmod 640 target
ln -s target link
try 0 run sync/event.lua --export json=link
[[ -L link && $(stat -c %a target) == 640 ]] || fail "a link or the file's rights are lost"
grep -q '"type":"end"' target || fail "the link's file is not the export"
(umask 027 && try 0 run sync/event.lua --export json=new.json)
[[ $(stat -c %a new.json) == 640 ]] || fail "a new file has not the rights of new files"

# Asked wrongly: nothing has run then.
cat >touches.lua <<'LUA'
scene { title = "x" }
print("I have run")
LUA
refused() {
    local says=$1
    shift
    try 2 "$@"
    out_empty
    err_has "$says"
}
for command in "run touches.lua" "play r.gsr" "trace"; do
    see="(see: gilscope ${command%% *} --help)"
    refused "--export is a format and a file, such as json=run.json, not 'json' $see" \
        $command --export json -- true
    refused "--export is a format and a file, such as json=run.json, not 'json=' $see" \
        $command --export json= -- true
    refused "there is no format 'gif'; there are lanes, boxes, text, json" \
        $command --export gif=x.gif -- true
    refused "two exports go to ./x: name a file for each $see" \
        $command --export json=x --export text=./x -- true
    refused "two exports go to standard output: name a file for each $see" \
        $command --export json=- --export text=- -- true
    refused "cannot write no/such/folder.json: No such file or directory $see" \
        $command --export json=no/such/folder.json -- true
    refused "cannot write .: Is a directory $see" $command --export json=. -- true
    refused "r.gsr is a recording and is not overwritten: name another file $see" \
        $command --export json=r.gsr -- true
    refused "--at is the instant that --print boxes shows" $command --export json=x --at 3ms -- true
done
refused "touches.lua is the program itself and is not overwritten: name another file" \
    run touches.lua --export lanes=./touches.lua
refused "new.gsr is where the run is recorded: name another file to export into" \
    run touches.lua --record new.gsr --export json=./new.gsr
for words in "--print lanes" --stats --verify; do
    refused "leaves no room there for --print, --stats or --verify" \
        run touches.lua --export json=- $words
done
refused "--at is the instant that --to boxes shows, which is not asked for: say both, or neither" \
    export r.gsr --to json --at 3ms
end=$("$GILSCOPE" export r.gsr --to json | tail -1 | tr -dc 0-9)
for from in "$end"ns 100s; do
    refused "and the run ends at" export r.gsr --to lanes --from "$from" -o x.lanes
done
[[ ! -e x.lanes ]] || fail "a file is there for what was refused"
try 0 export r.gsr --to lanes --from 1us

# A pipe without a reader is waited for, and that is said; one whose reader leaves is told of, and
# the others are written.
mkfifo pipe
tried="an export into a pipe that is read later"
"$GILSCOPE" export r.gsr --to json -o pipe 2>err &
writer=$!
for _ in {1..200}; do [[ -s err ]] && break || sleep 0.05; done
err_has "pipe is a pipe that nobody reads yet: waiting for whoever does"
cat pipe >out
wait $writer || fail "its status is $?"
try 0 export r.gsr --to json -o x.json
"$GILSCOPE" export r.gsr --to json -o pipe 2>err & # a reader that is there already
cat pipe >out
wait $!
cmp out x.json || fail "the pipe has not got the export"
"$GILSCOPE" export r.gsr --to json -o /dev/stdout | cat >out
cmp out x.json || fail "standard output by its name has not got the export"
rm -f there.txt
head -c 1 <pipe >/dev/null &
try 1 run gil/cpu-threads.lua --print none --export html=pipe --export text=there.txt
err_has "cannot write pipe: writing the output failed: Broken pipe"
[[ -s there.txt ]] || fail "the second export is not there"

# What fails half-way leaves what was there, and nothing beside it: a file system of 64 KB, where one
# can be mounted. The other exports are written all the same.
try 1 run sync/event.lua --print none --export json=/dev/full --export text=there.txt
err_has "cannot write /dev/full: writing the output failed: No space left on device"
[[ -s there.txt ]] || fail "the second export is not there"
mkdir small
export GILSCOPE
if unshare -rm bash -c 'mount -t tmpfs -o size=64k none small' 2>/dev/null; then
    # shellcheck disable=SC2016
    unshare -rm bash -c 'mount -t tmpfs -o size=64k none small && echo old >small/x.json &&
        "$GILSCOPE" run gil/cpu-threads.lua --interval 0.1 --print none --export json=small/x.json \
            >out 2>err; echo $? >status; cp small/x.json kept; ls -A small >left'
    tried="an export for which there is no room"
    [[ $(<status) == 1 ]] || fail "exit status $(<status) instead of 1"
    err_has "No space left on device"
    [[ $(<kept) == old ]] || fail "what was there is lost"
    [[ $(<left) == x.json ]] || fail "$(<left) is left"
fi

finish
