#!/usr/bin/env bash
# A film of a recording, as asciinema plays it, ends with the lanes that `--to lanes` prints; it is the
# same each time, whatever terminal it is written from.
. "${GS_SOURCE:?}/tests/support/cmd.bash" || exit
. "${GS_SOURCE:?}/tests/support/left.bash" || exit
. "${GS_SOURCE:?}/tests/support/pane.bash" || exit
cd "$here" || exit

try 0 run gil/cpu-threads.lua --record r.gsr --print none
try 0 export r.gsr --to cast --color never -o film.cast
out_empty
err_empty
try 0 export r.gsr --to lanes --width 80
# The lanes themselves, and the total under them.
sed -n '/─┤├─/,/total/p' out >lanes

if command -v asciinema >/dev/null; then
    open_pane 80 24
    keys "clear; asciinema cat film.cast; sleep 100" Enter
    await shows "■ ended" || fail "asciinema shows no end"
    screen_text | sed 's/ *$//' | sed -n '/─┤├─/,/total/p' >film
    diff lanes film >&2 || fail "the film does not end with the lanes"
    keys C-c
else
    echo "no asciinema here: what it shows is not looked at"
fi

# Each line is JSON, and no more than thirty frames are in a second.
python3 - film.cast <<'PY' || fail "the film is not in order"
import json, sys
header, *events = map(json.loads, open(sys.argv[1], encoding="utf-8"))
assert header["version"] == 2 and header["width"] == 80, header
assert header["title"].startswith("gil/cpu-threads"), header
frames = [at for at, code, _ in events if code == "o"]
assert all(b - a > 0.033 for a, b in zip(frames, frames[1:-2])), "too close"
markers = [text for _, code, text in events if code == "m"]
assert markers == ["Now the same in four threads: how long will it take?"], markers
PY

# Version 3 is what docs.asciinema.org/manual/asciicast/v3 allows, and the same film, to the microsecond.
try 0 export r.gsr --to cast --color never --cast-version 3 -o film3.cast
python3 - film.cast film3.cast <<'PY' || fail "version 3 is not as it is specified"
import json, sys
from decimal import Decimal

def read(path):
    lines = open(path, encoding="utf-8", newline="\n").read().split("\n")
    assert lines.pop() == "" and not lines[0].startswith("#"), path
    return [json.loads(line, parse_float=Decimal) for line in lines]

old, *two = read(sys.argv[1])
header, *three = read(sys.argv[2])
known = {"version": int, "term": dict, "timestamp": int, "idle_time_limit": Decimal, "command": str,
         "title": str, "env": dict, "tags": list}
assert all(type(header[key]) is known[key] for key in header), header
assert header["version"] == 3 and header["title"] == old["title"], header
term = {"cols": int, "rows": int, "type": str, "version": str, "theme": dict}
assert all(type(header["term"][key]) is term[key] for key in header["term"]), header
assert (header["term"]["cols"], header["term"]["rows"]) == (old["width"], old["height"]), header
assert header["term"]["type"] == old["env"]["TERM"], header
now = Decimal(0)
for event, before in zip(three, two, strict=True):
    interval, code, data = event
    assert type(interval) is Decimal and interval >= 0 and type(data) is str, event
    assert code in "oimrx" and len(code) == 1, event
    now += interval
    assert [now, code, data] == before, (now, event, before)
PY

# same ARGS...: another film than film.cast would be wrong.
same() {
    try 0 "$@"
    cmp film.cast other.cast || fail "another film"
}
same export r.gsr --to cast --color never -o other.cast
LC_ALL=C NO_COLOR=1 COLUMNS=132 same export r.gsr --to cast --color never --cast-version 2 -o other.cast
try 0 export r.gsr --to cast --width 60 --height 20 --ascii -o small.cast
! grep -qP '[^\x00-\x7f]' small.cast || fail "--ascii leaves characters outside ASCII"
grep -q '"width":60,"height":20' small.cast || fail "the film is of another size"

for wrong in "--cast-version 4" "--height 3" "--idle-limit 0" "--speed 0"; do
    try 2 export r.gsr --to cast $wrong
    err_has "${wrong% *}"
    out_empty
done
finish
