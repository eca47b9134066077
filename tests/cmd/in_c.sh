#!/usr/bin/env bash
# Python programs that compute in C for ever: their own Python never gets to know of a signal, nor of
# anything else. Whoever ends them from outside has it at once, and nothing stays behind.
. "${GS_SOURCE:?}/tests/support/cmd.bash" || exit
. "${GS_SOURCE:?}/tests/support/left.bash" || exit
. "${GS_SOURCE:?}/tests/support/pane.bash" || exit
: >"$here/out" && : >"$here/err"
command -v python3 >"$here/found" || { echo "no python3"; exit 77; }

# compute() says that it is on its way into C.
cat >"$here/endless.py" <<PY
def compute():
    open("$here/begun", "w").close()
    sum(range(10**12))
PY
program() { cat >"$here/$1.py"; }
program both <<'PY'
import threading
from endless import compute
threading.Thread(target=compute).start()
sum(range(10**12))
PY
program deaf <<'PY'
import signal
from endless import compute
for number in signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT:
    signal.signal(number, signal.SIG_IGN)
compute()
PY
program child <<'PY'
import subprocess, sys
subprocess.run([sys.executable, "-c", "from endless import compute; compute()"])
PY
export PYTHONPATH=$here

family_of() {
    local process
    for process in $(pgrep -P "$1"); do
        echo "$process"
        family_of "$process"
    done
}
# computing PID: what it runs is in C.
computing() {
    await test -e "$here/begun" || fail "nothing computes"
    rm -f "$here/begun"
    family=$(family_of "$1")
}
family_gone() {
    local process
    for process in $family; do
        await gone "$process" || fail "a process is left: $(ps -o args= -q "$process")"
    done
}

# A terminal's Ctrl-C is a signal for the whole group.
for words in real:both:INT:130 virtual:both:INT:130 real:deaf:INT:130 virtual:deaf:TERM:143 real:child:TERM:143 virtual:child:INT:130; do
    IFS=: read -r clock name signal status <<<"$words"
    tried="gilscope run --clock $clock --print json $name.py, then $signal"
    setsid "$GILSCOPE" run --clock $clock --print json "$here/$name.py" >"$here/out" 2>"$here/err" </dev/null &
    program=$!
    computing "$program"
    kill -$signal -- "-$program"
    got=0
    wait "$program" || got=$?
    [[ $got == "$status" ]] || fail "exit status $got instead of $status"
    family_gone
    python3 - "$here/out" <<'PY' || fail "it is not cut where it was"
import json, sys
lines = [json.loads(line) for line in open(sys.argv[1])]
assert lines[-1]["type"] == "end" and lines[-1]["status"] is None, lines[-1]
PY
done

open_pane
settings before
stage=
for words in real:both:q:0 virtual:both:C-c:130 real:deaf:C-c:130 virtual:deaf:q:0 real:child:q:0 virtual:child:C-c:130; do
    IFS=: read -r clock name key status <<<"$words"
    on run --clock $clock "$here/$name.py"
    sees MainThread
    computing "$guard"
    keys "$key"
    restored "$status"
    family_gone
done
finish
