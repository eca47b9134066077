#!/usr/bin/env bash
# Whatever is killed at whatever moment, a run ends and nothing of it stays: a few times here,
# ./dev kills does it as often as one likes.
set -euo pipefail
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT

# Names that others could find are the resource tracker's to take away, which must live for it.
cat >"$here/names.py" <<'PY'
"""Ends with a name in its hands"""
import multiprocessing
import os
import signal

lock = multiprocessing.get_context("spawn").Lock()
with open(os.path.join(os.path.dirname(__file__), "name"), "w") as file:
    file.write(lock._semlock.name)
os.kill(os.getpid(), signal.SIGKILL)
PY
for clock in real virtual; do
    ls /dev/shm >"$here/before"
    "$GILSCOPE" run --clock $clock --print none "$here/names.py" </dev/null >"$here/out" 2>&1 || true
    name=$(<"$here/name")
    [[ -n $name ]]
    ls /dev/shm | comm -13 "$here/before" - >"$here/names"
    ! grep -F "sem.${name#/}" "$here/names" || { echo "the name stays, $clock clock"; exit 1; }
done

[[ ${GS_CLAIMS:-yes} == yes ]] || exit 0
python3 "$GS_SOURCE/tests/kills/run.py" "$GILSCOPE" "$GS_SOURCE/scenes" 12
