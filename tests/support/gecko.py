"""gecko.py PROFILE JSON: a profile for the Firefox Profiler, its tables looked over, and its markers
held against what --to json says of the same run. Prints what it has seen of each."""
import collections
import json
import sys

from plain import nearest, read, same

# What the columns of a processed profile of version 57 are, and what each may hold.
COLUMNS = {
    "samples": ["stack", "time", "eventDelay"],
    "stackTable": ["frame", "category", "subcategory", "prefix"],
    "frameTable": ["address", "category", "subcategory", "func", "innerWindowID", "implementation",
                   "optimizations", "line", "column", "inlineDepth", "nativeSymbol"],
    "funcTable": ["name", "isJS", "relevantForJS", "resource", "fileName", "lineNumber",
                  "columnNumber"],
    "resourceTable": ["lib", "name", "host", "type"],
    "nativeSymbols": ["libIndex", "address", "name", "functionSize"],
    "markers": ["data", "name", "startTime", "endTime", "phase", "category"],
}
CPYTHONS = ["Other", "Python", "Native", "GC", "GIL", "CPU", "Code Type", "Opcodes", "Exception"]
COLOURS = {"transparent", "purple", "green", "orange", "yellow", "lightblue", "blue", "brown",
           "magenta", "red", "lightred", "darkgrey", "grey"}

profile = json.load(open(sys.argv[1]))
of_type, actors = read(sys.argv[2])
meta, strings = profile["meta"], profile["shared"]["stringArray"]
assert (meta["version"], meta["preprocessedProfileVersion"]) == (32, 57)
categories = [c["name"] for c in meta["categories"]]
assert categories[:len(CPYTHONS)] == CPYTHONS, "a real profile has other categories"
assert {c["color"] for c in meta["categories"]} <= COLOURS
assert all(c["subcategories"] == ["Other"] for c in meta["categories"])
assert len(set(strings)) == len(strings), "a name stands twice in the table"
threads = {t["tid"]: t for t in profile["threads"]}
assert set(threads) == {i for i, r in actors.items() if r["kind"] == "thread"}, "threads"
assert meta["initialVisibleThreads"] == list(range(len(threads)))

schemas = {s["name"]: s for s in meta["markerSchema"]}
markers = collections.defaultdict(list)
mains = collections.Counter()
for tid, thread in threads.items():
    for table, columns in COLUMNS.items():
        rows = thread[table]["length"]
        for column in columns:
            assert len(thread[table][column]) == rows, f"{table}.{column} is no {rows} long"
    assert thread["samples"]["length"] == 0, "samples of what nobody looked at"
    assert thread["name"].startswith(actors[tid]["name"]), thread["name"]
    assert thread["pid"] == str(nearest(actors, tid, "process")), "a thread's process"
    mains[thread["pid"]] += thread["isMainThread"]
    m, last = thread["markers"], 0
    for i in range(m["length"]):
        start, ends, data = m["startTime"][i], m["endTime"][i], m["data"][i]
        assert 0 <= m["name"][i] < len(strings) and 0 <= m["category"][i] < len(categories)
        assert start >= last, "times go back"
        assert (ends is None) if m["phase"][i] == 0 else (m["phase"][i] == 1 and ends >= start)
        last = start
        name = strings[m["name"][i]]
        if data["type"] in schemas:
            keys = {f["key"] for f in schemas[data["type"]]["fields"]}
            assert set(data) - {"type"} <= keys, (data, keys)
        else:
            assert data["type"] == name.replace(" ", ""), name
            assert data["tid"] == tid and abs(data["duration"] - (ends - start)) < 1e-6
        ns = [round(t * 1e6) if t is not None else None for t in (start, ends)]
        markers[data["type"], name].append((tid, *ns, data, categories[m["category"][i]]))
assert set(mains.values()) == {1}, "a process has not one main thread"


def stretches(spans, states, negated=False):
    """Spans of one lane: as long as the states go on."""
    joined = []
    for s in spans:
        if s["state"] == "unknown" or (s["state"] in states) == negated or s["start"] == s["end"]:
            continue
        if joined and joined[-1][1] == s["start"]:
            joined[-1][1] = s["end"]
        else:
            joined.append([s["start"], s["end"]])
    return joined


spans = collections.defaultdict(list)
for r in of_type["span"]:
    spans[r["actor"]].append(r)
for name, category, states, negated in (
        ("On CPU", "CPU", {"running", "native"}, False),
        ("Off CPU", "CPU", {"running", "native"}, True),
        ("Python Code", "Code Type", {"running"}, False),
        ("Native Code", "Code Type", {"native"}, False),
        ("Waiting for GIL", "GIL", {"wants-gil"}, False)):
    found = markers.pop((name.replace(" ", ""), name), [])
    assert all(m[4] == category for m in found)
    same(name, [(tid, *s) for tid in threads for s in stretches(spans[tid], states, negated)],
         [m[:3] for m in found])
has = markers.pop(("HasGIL", "Has GIL"), [])
same("Has GIL", [(r["owner"], r["start"], r["end"]) for r in of_type["gil"]
                 if r["owner"] in threads], [m[:3] for m in has])
# What it does not have it lacks.
lacks = collections.defaultdict(int)
for tid, start, ends, _, category in has + markers.pop(("NoGIL", "No GIL"), []):
    assert category == "GIL"
    lacks[tid] += ends - start
for tid in threads:
    there = [t for s in spans[tid] for t in (s["start"], s["end"])] or [0]
    assert lacks[tid] >= max(there) - min(there), "a thread neither has the GIL nor lacks it"
waits = {"io", "sleeping", "waiting", "ready"}
same("waits", [(r["actor"], r["start"], r["end"], r["state"], r["line"], r["cause"] is not None)
               for r in of_type["span"] if r["actor"] in threads and r["state"] in waits],
     [(*m[:3], name, m[3].get("line"), "endedBy" in m[3])
      for (type_, name), list_ in markers.items() if type_ == "Wait" for m in list_])
same("labels", [(r["actor"], r["start"], r["end"], r["label"], r["line"]) for r in of_type["label"]
                if r["actor"] in threads],
     [(*m[:3], name, m[3].get("line"))
      for (type_, name), list_ in markers.items() if type_ == "Label" for m in list_])
same("said", [(r["actor"], r["time"], kind)
              for kind in ("note", "mark", "check", "output", "error", "phase", "ask", "deadlock")
              for r in of_type[kind] if r["text"] and r["actor"] in threads],
     [(m[0], m[1], name)
      for (type_, name), list_ in markers.items() if type_ == "Said" for m in list_])

turns = [(*m[:3], name) for (type_, name), list_ in markers.items() if type_ == "Task"
         for m in list_]
same("turns", [(nearest(actors, r["actor"], "thread"), r["start"], r["end"]) for r in of_type["span"]
               if actors[r["actor"]]["kind"] == "task" and r["state"] == "running"],
     [t[:3] for t in turns])
assert {type_ for type_, _ in markers} <= set(schemas), "markers of an unknown type"
