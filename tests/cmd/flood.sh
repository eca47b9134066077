#!/usr/bin/env bash
# A Python program that prints without end, on the screen: keys are answered meanwhile, what it
# prints is seen, and q ends it at once.
. "${GS_SOURCE:?}/tests/support/cmd.bash" || exit
. "${GS_SOURCE:?}/tests/support/left.bash" || exit
. "${GS_SOURCE:?}/tests/support/pane.bash" || exit
: >"$here/out" && : >"$here/err"
command -v python3 >"$here/found" || { echo "no python3"; exit 77; }
unset PYTHONUNBUFFERED

cat >"$here/lines.py" <<'PY'
for i in range(10**9):
    print("line", i, "x" * 90)
PY
cat >"$here/line.py" <<'PY'
import sys
while True:
    sys.stdout.write("all-in-one-line" * 10000)
PY
# So much that the trace has no room for it.
cat >"$here/much.py" <<'PY'
import sys, time
sys.stdout.write("much-in-a-write" * 8000000 + "\n")
time.sleep(0.1)
PY
open_pane 100 30
settings before

# within SECONDS COMMAND...
within() {
    local end=$((${EPOCHREALTIME/./} + $1 * 1000000))
    shift
    until "$@" >/dev/null 2>&1; do
        ((${EPOCHREALTIME/./} < end)) || return 1
        sleep 0.02
    done
}

answers() {
    for _ in 1 2; do
        keys '?'
        within 2 shows "the keys" || { screen_text >"$here/out"; fail "no answer to a key"; }
        keys Escape
        within 2 shows "MainThread" || { screen_text >"$here/out"; fail "no answer to a key"; }
        sleep 0.1
    done
    for key in e t b b s 0 g G; do keys $key; done
}

for clock in real virtual; do
    on run --clock $clock "$here/lines.py"
    sees "prints: line "
    answers
    keys q
    within 2 left_screen || fail "q takes its time"
    restored 0
    on run --clock $clock --speed 10 "$here/line.py"
    sees "prints: "
    answers
    keys q
    within 2 left_screen || fail "q takes its time"
    restored 0
    on run --clock $clock --speed 10 "$here/much.py"
    sees "ended"
    sees "names or texts"
    sees "-writemuch-in-a-write" # a word that is longer than the line
    answers
    keys q
    within 2 left_screen || fail "q takes its time"
    restored 0
done
finish
