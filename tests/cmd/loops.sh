#!/usr/bin/env bash
# Loops that never come to an end, on the screen: what keeps them is named, and q ends them at once.
. "${GS_SOURCE:?}/tests/support/cmd.bash" || exit
. "${GS_SOURCE:?}/tests/support/left.bash" || exit
. "${GS_SOURCE:?}/tests/support/pane.bash" || exit
: >"$here/out" && : >"$here/err"
command -v python3 >"$here/found" || { echo "no python3"; exit 77; }

cat >"$here/never.py" <<'PY'
import asyncio

async def spin():
    while True:
        pass

async def main():
    await asyncio.gather(asyncio.sleep(0.01), spin(), asyncio.sleep(0.01))

asyncio.run(main())
PY
cat >"$here/callback.py" <<'PY'
import asyncio

def poll_disk():
    while True:
        pass

async def main():
    asyncio.get_running_loop().call_later(0.01, poll_disk)
    await asyncio.sleep(100)

asyncio.run(main())
PY
# Whoever is cancelled goes on.
cat >"$here/storm.py" <<'PY'
import asyncio

async def stubborn():
    while True:
        try:
            await asyncio.sleep(100)
        except asyncio.CancelledError:
            pass

async def main():
    tasks = [asyncio.create_task(stubborn()) for _ in range(200)]
    while True:
        await asyncio.sleep(0.001)
        for task in tasks:
            task.cancel()

asyncio.run(main())
PY
open_pane 100 30
settings before

for clock in real virtual; do
    for words in "never:Task-3 (spin)" "callback:poll_disk" "storm:201 tasks"; do
        on run --clock $clock --speed 1 "$here/${words%%:*}.py"
        sees "${words#*:}"
        keys q
        await left_screen || fail "q takes its time"
        restored 0
    done
done
finish
