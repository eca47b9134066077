#!/usr/bin/env bash
# A profile for the Firefox Profiler: its tables hold together, and its markers say what `--to json`
# says of the same run, by the names that CPython's own profiler has for it.
. "${GS_SOURCE:?}/tests/support/cmd.bash" || exit
. "${GS_SOURCE:?}/tests/support/against_json.bash" || exit
cd "$here" || exit

cat >program.py <<'PY'
"""Threads that compute, wait, sleep and take turns

clock: virtual
"""
import asyncio, multiprocessing, threading, time, gilscope

def work():
    with gilscope.label("computes — ✓"):
        for i in range(300000):
            pass
    gilscope.native(0.01)

async def task(n):
    await asyncio.sleep(n / 100)

async def tasks():
    await asyncio.gather(*(task(n) for n in range(3)))

if __name__ == "__main__":
    threads = [threading.Thread(target=work) for _ in range(2)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    p = multiprocessing.get_context("fork").Process(target=work)
    p.start()
    p.join()
    asyncio.run(tasks())
    time.sleep(0.01)
    gilscope.note("a \"note\"")
PY
for clock in virtual real; do
    try 0 run program.py --clock $clock --record r.gsr --print none
    compares "program.py, $clock" gecko
    has_some "On CPU" "Off CPU" "Python Code" "Native Code" "Waiting for GIL" "Has GIL" waits labels \
        said
done
has_some turns
for what in gil/subinterpreters.lua sync/deadlock.lua gil/cpu-threads.lua gil/free-threaded.lua; do
    try 0 run $what --record r.gsr --print none
    compares $what gecko
done

# What a damaged recording lacks is lacking in every thread.
cat >long.lua <<'LUA'
scene { title = "Long" }
local t = threading.Thread { target = function() for _ = 1, 200 do time.sleep(0.005) end end }
t:start() t:join()
LUA
try 0 run long.lua --clock real --record r.gsr --print none
printf 'damaged' | dd of=r.gsr bs=1 seek=$(($(stat -c %s r.gsr) / 2)) conv=notrunc status=none
try 1 export r.gsr --to gecko -o x.profile
python3 - <<'PY' || fail "what is missing is not told"
import json
profile = json.load(open("x.profile"))
lost = profile["shared"]["stringArray"].index("lost")
for thread in profile["threads"]:
    assert lost in thread["markers"]["name"], thread["name"]
PY
for n in 1 2; do
    try 0 run program.py --print none --export gecko=$n.profile
done
cmp 1.profile 2.profile || fail "two runs on the virtual clock differ"
finish
