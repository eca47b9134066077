#!/usr/bin/env bash
# A Perfetto trace, decoded by protoc and held field by field against what `--to json` says of the
# same run: tracks, states, owners of the GIL, labels, flows, counters, words.
. "${GS_SOURCE:?}/tests/support/cmd.bash" || exit
. "${GS_SOURCE:?}/tests/support/against_json.bash" || exit
cd "$here" || exit
command -v protoc >/dev/null || { echo "protoc is missing (Debian: protobuf-compiler)"; exit 1; }

cat >program.py <<'PY'
"""Processes, threads and tasks

clock: virtual
"""
import asyncio, multiprocessing, queue, threading, gilscope

def child(q):
    with gilscope.label("sends"):
        q.put("x" * 100)

async def task(n):
    with gilscope.label(f"task {n}"):
        await asyncio.sleep(n / 100)

async def tasks():
    await asyncio.gather(*(task(n) for n in range(3)))

jobs, results = queue.Queue(), queue.Queue()

def work():
    while (job := jobs.get()) is not None:
        results.put(job)

if __name__ == "__main__":
    q = multiprocessing.get_context("fork").Queue()
    p = multiprocessing.get_context("fork").Process(target=child, args=(q,))
    p.start()
    with gilscope.label("waits \"for\" it — ✓"):
        with gilscope.label("inner"):
            gilscope.note(str(len(q.get())))
    p.join()
    asyncio.run(tasks())
    t = threading.Thread(target=work)
    t.start()
    for i in range(12):
        jobs.put(i)
        results.get()
    jobs.put(None)
    t.join()
    gilscope.check(True, "it is done")
    gilscope.mark("done")
PY
for what in program.py gil/subinterpreters.lua sync/deadlock.lua gil/cpu-threads.lua \
    sync/semaphore.lua sync/rlock.lua; do
    try 0 run $what --record r.gsr --print none
    for compat in "" --compat; do
        compares "$what $compat" perfetto $compat
        if [[ $compat ]]; then out_has "state tracks 0"; else has_some "state tracks"; fi
        [[ $what != sync/* ]] || has_some held
        [[ $what != sync/semaphore.lua ]] || has_some units
        [[ $what != program.py ]] || has_some states gil labels wakes messages said counters
    done
done
try 0 run program.py --clock real --record r.gsr --print none
compares "real clock" perfetto
has_some states gil labels wakes messages said

# The same run is the same bytes.
for n in 1 2; do
    try 0 run program.py --print none --export perfetto=$n.pftrace
done
cmp 1.pftrace 2.pftrace || fail "two runs on the virtual clock differ"
try 0 run gil/cpu-threads.lua --record r.gsr --print none
try 0 export r.gsr --to perfetto -o whole
try 0 export r.gsr --to perfetto --from 10ms --until 20ms -o part
[[ $(stat -c %s part) -lt $(stat -c %s whole) ]] || fail "a part is as much as the whole"
try 2 export r.gsr --to json --compat
err_has "--compat is for the format perfetto, which is not asked for: say both, or neither"
finish
