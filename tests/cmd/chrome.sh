#!/usr/bin/env bash
# Trace Event JSON, read by Python's own reader, and held against what `--to json` says of the same.
. "${GS_SOURCE:?}/tests/support/cmd.bash" || exit
cd "$here" || exit
cat >program.py <<'PY'
"""Messages

clock: virtual
"""
import multiprocessing, queue, threading, gilscope

def child(q):
    q.put("x" * 100)

if __name__ == "__main__":
    q = multiprocessing.get_context("fork").Queue()
    p = multiprocessing.get_context("fork").Process(target=child, args=(q,))
    p.start()
    with gilscope.label("waits for it"):
        gilscope.note(str(len(q.get())))
    p.join()
    gilscope.mark("done")
PY
cat >check.py <<'PY'
import collections, json, sys

plain = [json.loads(line) for line in open("plain.json")]
events = json.load(open("chrome.json"))["traceEvents"]
by_phase = collections.Counter(e["ph"] for e in events)
lanes = collections.defaultdict(list)
for e in events:
    if e["ph"] == "X":
        lanes[e["tid"]].append((e["ts"], e["ts"] + e["dur"]))
for slices in lanes.values():
    slices.sort()
    for (_, end), (start, _) in zip(slices, slices[1:]):
        assert start >= end - 1e-6, "slices of one lane overlap"
names = {e["tid"]: e["args"]["name"] for e in events if e["name"] == "thread_name"}
assert set(lanes) <= set(names), "a lane has no name"

def total(kind, category):
    ours = sum(r["end"] - r["start"] for r in plain if r["type"] == kind)
    theirs = sum(e["dur"] for e in events if e["ph"] == "X" and e["cat"] == category)
    assert abs(ours / 1000 - theirs) < 1, (category, ours / 1000, theirs)

total("span", "state")
total("gil", "gil")
arrows = collections.Counter()
for e in events:
    if e["ph"] in "sf":
        arrows[e["id"]] += 1 if e["ph"] == "s" else 100
assert arrows and set(arrows.values()) == {101}, "an arrow has not two ends"
labels = [r for r in plain if r["type"] == "label"]
assert by_phase["b"] == by_phase["e"] == len(labels), "labels are missing"
words = [r for r in plain if r["type"] in ("note", "mark", "output", "check")]
assert by_phase["i"] >= len(words) > 0, "words are missing"
assert by_phase["C"] == sum(r["type"] == "counter" for r in plain), "counters are missing"
print(*sys.argv[1:], *sorted({e["cat"] for e in events if e["ph"] == "s"}))
PY
for what in program.py sync/deadlock.lua gil/cpu-threads.lua; do
    try 0 run $what --record r.gsr --print none
    try 0 export r.gsr --to chrome -o chrome.json
    try 0 export r.gsr --to json -o plain.json
    python3 check.py >out 2>err || fail "$what: chrome.json is not what json says"
    [[ $what != program.py ]] || out_has "message wake"
done
try 0 export r.gsr --to chrome --from 10ms --until 20ms -o part.json
[[ $(stat -c %s part.json) -lt $(stat -c %s chrome.json) ]] || fail "a part is as much as the whole"
finish
