#!/usr/bin/env bash
# `x` on the screen of the whole program, live and played: the same as export writes of the window, and
# only the lanes that are shown.
. "${GS_SOURCE:?}/tests/support/cmd.bash" || exit
. "${GS_SOURCE:?}/tests/support/left.bash" || exit
. "${GS_SOURCE:?}/tests/support/pane.bash" || exit
cd "$here" || exit

# exports FORMAT FILE: with the screen that is there.
exports() {
    keys x
    sees "export the window as: "
    keys "$1" Enter
    sees "into: "
    keys C-u
    for _ in {1..30}; do keys BSpace; done
    keys "$2" Enter
    sees "$2 is written"
}
open_pane 100 30
keys "cd $here" Enter
try 0 run gil/cpu-threads.lua --record r.gsr --print none
for how in "run gil/cpu-threads.lua --speed 10" "play r.gsr --speed 10"; do
    on "$how"
    sees "■ ended" # not that of a thread, of which a sentence tells while it plays
    for format in json chrome lanes; do
        rm -f x.$format
        exports $format x.$format
        # As wide as the screen.
        try 0 export r.gsr --to $format --width 100
        diff out x.$format >&2 || fail "$how: $format is not what is on the screen"
    done
    # A lane less, and its states.
    keys f Thread-1 Enter
    rm -f one.json
    exports json one.json
    python3 - <<'PY' || fail "$how: lanes that are not shown are exported"
import json
rows = [json.loads(line) for line in open("one.json")]
names = {r["id"]: r["name"] for r in rows if r["type"] == "actor"}
lanes = {names[r["actor"]] for r in rows if r["type"] == "span"}
assert len(lanes) == 1 and min(lanes).startswith("Thread-1 "), lanes
assert any(r["type"] == "mark" or r["type"] == "note" or r["type"] == "check" for r in rows)
PY
    cp r.gsr kept.gsr
    keys x Enter
    sees "into: "
    for _ in {1..30}; do keys BSpace; done
    keys kept.gsr Enter
    sees "enter once more writes over it"
    keys Enter
    sees "Not overwritten: kept.gsr is a recording."
    cmp r.gsr kept.gsr || fail "a recording is written over"
    keys Escape
    sleep 0.2
    keys q
    await left_screen || fail "the screen stays"
done

# Into a pipe: without a reader it is refused, and the screen goes on; with one that reads nothing it
# goes on and on. Whatever ends the screen then, it is said that the export was not finished.
mkfifo pipe
for ending in TERM HUP key; do
    on "play r.gsr --speed 10"
    sees "■ ended"
    keys x Enter
    sees "into: "
    for _ in {1..30}; do keys BSpace; done
    keys pipe Enter
    sees "Cannot write pipe: it is a pipe, and nobody reads it."
    for _ in {1..30}; do keys BSpace; done
    keys /dev/tty Enter
    sees "/dev/tty is a terminal, and the screen is on one: name a file."
    keys Escape
    sleep 0.2
    exec 5<>pipe
    head -c 65536 /dev/zero >&5 # as much as it takes
    keys x
    sees "export the window as: "
    keys html Enter
    sees "into: "
    for _ in {1..30}; do keys BSpace; done
    keys pipe Enter
    sees "Writing pipe: "
    if [[ $ending == key ]]; then
        keys q
        sees "pipe is still being written: once more leaves without it."
        keys q
    else
        kill -"$ending" "$screen"
    fi
    await left_screen || fail "$ending: the screen stays"
    sees "gilscope: the export to pipe was not finished before the screen ended"
    exec 5>&-
done
finish
