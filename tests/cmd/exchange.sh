#!/usr/bin/env bash
# What processes send each other is whole: each message has two ends of one size, and a worker's task
# goes through its steps in their order, the one in the middle by the function's name.
set -euo pipefail
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
for clock in real virtual; do
    "$GILSCOPE" run --clock $clock --print json "$GS_SOURCE/tests/python/exchange.py" </dev/null >"$here/out"
    python3 - "$here/out" $clock <<'PY'
import collections
import json
import sys

rows = [json.loads(line) for line in open(sys.argv[1])]
actors = {row["id"]: row for row in rows if row["type"] == "actor"}
messages = collections.defaultdict(list)
labels = collections.defaultdict(list)
for row in rows:
    if row["type"] == "message":
        messages[row["on"], row["on_id"], row["number"]].append(row)
    if row["type"] == "label":
        labels[row["actor"]].append((row["start"], row["label"]))

# That a worker is to end may find it gone.
ends = {key: ends for key, ends in messages.items()
        if key[0] == "tasks of pool" and ends[0]["bytes"] > 10 or key[0] == "jobs" or
        key[0].startswith("socket")}
for key, (sent, received) in ends.items():
    assert sent["from"] and not sent["to"] and received["to"] and not received["from"], key
    assert sent["bytes"] == received["bytes"] and sent["actor"] != received["actor"], key
    assert sent["time"] <= received["time"], key
sockets = collections.Counter(key[:2] for key in ends if key[0].startswith("socket"))
assert sorted(sockets.values()) == [3, 4], sockets
assert [ends[key][0]["bytes"] // 1000 for key in sorted(ends) if key[0] == "jobs"] == [0, 1, 2]

steps = [[label for _, label in sorted(labels[a])] for a in labels
         if "double" in [label for _, label in labels[a]]]
tasks = 0
for worker in steps:
    while worker[1:2] == ["double"]:
        assert worker[:4] == ["unpickle", "double", "pickle", "send"], (sys.argv[2], worker)
        worker = worker[4:]
        tasks += 1
    assert worker in ([], ["unpickle"], ["unpickle", "pickle", "send"]), (sys.argv[2], worker)
assert tasks == 4 + 3, (sys.argv[2], tasks)
PY
done
# Who serves a queue is folded away, and shown where that is asked for.
"$GILSCOPE" run --clock virtual --helpers "$GS_SOURCE/tests/python/helpers.py" </dev/null >"$here/out"
grep -q QueueFeederThread "$here/out"
! grep -q folded "$here/out"
