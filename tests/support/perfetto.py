"""perfetto.py TRACE JSON: what protoc --decode prints of a Perfetto trace, held field by field
against what --to json says of the same run. Prints what it has seen of each."""
import collections
import os
import re
import subprocess
import sys

from plain import nearest, read, same

TOKEN = re.compile(r'\s*(?:(\w+)\s*\{|(\})|(\w+): (?:"((?:[^"\\]|\\.)*)"|(\S+)))')
ESCAPE = re.compile(rb"\\([0-7]{3}|.)")


def text_of(quoted):
    named = {b"n": b"\n", b"t": b"\t", b"r": b"\r"}
    return ESCAPE.sub(lambda m: bytes([int(m[1], 8)]) if m[1].isdigit() else named.get(m[1], m[1]),
                      quoted.encode()).decode()


def parse(text):
    """Messages are dictionaries of lists."""
    top = collections.defaultdict(list)
    stack = [top]
    at = 0
    while token := TOKEN.match(text, at):
        at = token.end()
        opened, closed, name, quoted, plain = token.groups()
        assert not (opened or name or "").isdigit(), f"field {opened or name} is none that is known"
        if opened:
            stack.append(collections.defaultdict(list))
            stack[-2][opened].append(stack[-1])
        elif closed:
            stack.pop()
        elif quoted is not None:
            stack[-1][name].append(text_of(quoted))
        else:
            stack[-1][name].append(int(plain) if plain.lstrip("-").isdigit() else plain)
    assert not text[at:].strip(), text[at:at + 80]
    return top


def first(message, *path):
    for name in path:
        message = message[name][0] if message is not None and message.get(name) else None
    return message


with open(sys.argv[1], "rb") as trace:
    packets = parse(subprocess.run(
        ["protoc", "-I", os.path.dirname(__file__), "--decode", "gilscope.Trace", "perfetto.proto"],
        stdin=trace, stdout=subprocess.PIPE, check=True, encoding="utf-8").stdout)["packet"]
of_type, actors = read(sys.argv[2])
assert first(packets[0], "sequence_flags") == 1, "the sequence has no beginning"
assert {first(p, "trusted_packet_sequence_id") for p in packets} == {1}

# Tracks.
tracks = {}
for packet in packets:
    track = first(packet, "track_descriptor")
    if track is not None:
        assert first(track, "uuid") not in tracks, "a track is described twice"
        tracks[first(track, "uuid")] = track
print("state tracks", sum(bool(track.get("state")) for track in tracks.values()))
for uuid, track in tracks.items():
    assert not track.get("parent_uuid") or first(track, "parent_uuid") in tracks, "no such parent"
process = {first(t, "process", "pid"): u for u, t in tracks.items() if t.get("process")}
thread = {first(t, "thread", "tid"): u for u, t in tracks.items() if t.get("thread")}
assert set(process) == {i for i, r in actors.items() if r["kind"] == "process"}, "processes"
assert set(thread) == {i for i, r in actors.items() if r["kind"] == "thread"}, "threads"
own = {**process, **thread}
# A lock has a track a unit, with one key.
lock_of = {u: first(t, "sibling_merge_key_int") for u, t in tracks.items()
           if t.get("sibling_merge_key_int")}
rest = sorted(u for u, t in tracks.items() if u and u not in own.values() and u not in lock_of
              and t.get("sibling_order_rank"))
for actor in sorted(set(actors) - set(own)):
    own[actor] = rest.pop(0)
assert not rest, "a track is no actor's"
named = {"process": ("process", "process_name"), "thread": ("thread", "thread_name")}


for actor, record in actors.items():
    track = tracks[own[actor]]
    name = first(track, "name")
    if record["kind"] == "interpreter" and record["interval"] is not None:
        assert name.startswith("GIL"), name
    elif record["name"]:
        assert name.startswith(record["name"]), (name, record["name"])
    if record["kind"] in named:
        assert first(track, *named[record["kind"]]) == name
    if record["kind"] == "thread":
        assert first(track, "thread", "pid") == nearest(actors, actor, "process"), "a thread's process"
    elif record["kind"] != "process":
        assert first(track, "parent_uuid") == own[record["parent"]], "a track's parent"
ranks = [first(tracks[u], "sibling_order_rank") for u in own.values()]
assert len(set(ranks)) == len(ranks), "two tracks have one place"
actor_of = {u: a for a, u in own.items()}
for uuid, track in tracks.items():
    if uuid and uuid not in actor_of and uuid not in lock_of and not track.get("counter"):
        actor_of[uuid] = actor_of[first(track, "parent_uuid")]

# Events, by track and time, those of one instant as they come.
events = collections.defaultdict(list)
for packet in packets:
    event = first(packet, "track_event")
    if event is not None:
        uuid = first(event, "track_uuid")
        assert uuid in tracks, "an event has no track"
        events[uuid].append((first(packet, "timestamp") or 0, event))
for list_ in events.values():
    list_.sort(key=lambda pair: pair[0])


def annotations(event):
    return {first(a, "name"): first(a, "string_value") if a.get("string_value") else
            first(a, "uint_value") for a in event["debug_annotations"]}


slices = []  # (track, category, name, start, end, annotations)
for uuid, list_ in events.items():
    open_ = []
    is_state = bool(tracks[uuid].get("state"))
    for time, event in list_:
        type_ = first(event, "type")
        assert (type_ == "TYPE_STATE") == is_state, "a track has events of another kind"
        assert (type_ == "TYPE_COUNTER") == bool(tracks[uuid].get("counter"))
        if type_ in ("TYPE_STATE", "TYPE_SLICE_END") and open_:
            start, begun = open_.pop()
            slices.append((uuid, first(begun, "categories"), first(begun, "name"), start, time,
                           annotations(begun)))
        else:
            assert type_ != "TYPE_SLICE_END", "an end without a beginning"
        if type_ == "TYPE_SLICE_BEGIN" or (type_ == "TYPE_STATE" and event.get("name")):
            open_.append((time, event))
    assert not open_, "a slice has no end"


def called(actor):
    return actors[actor]["name"] if actor else None


same("states", [(r["actor"], r["state"], r["start"], r["end"], r["line"], r["on"] is not None,
                 r["cause"] is not None) for r in of_type["span"]],
     [(actor_of[u], name, start, ends, a.get("line"), "on" in a, "ended by" in a)
      for u, category, name, start, ends, a in slices if category == "state"])
same("gil", [(r["interpreter"], r["start"], r["end"], r["why"]) for r in of_type["gil"]],
     [(actor_of[u], start, ends, a.get("let go"))
      for u, category, name, start, ends, a in slices if category == "gil"])
owners = {(r["interpreter"], r["start"], r["end"]): called(r["owner"]) for r in of_type["gil"]}
for u, category, name, start, ends, _ in slices:
    assert category != "gil" or name.startswith(owners[actor_of[u], start, ends]), "a GIL's owner"
same("labels", [(r["actor"], r["label"], r["start"], r["end"], r["line"]) for r in of_type["label"]],
     [(actor_of[u], name, start, ends, a.get("line"))
      for u, category, name, start, ends, a in slices if category == "label"])
# Locks: who has which unit, of those that somebody has waited for.
locks = set(lock_of.values())
held = [r for r in of_type["held"] if r["on_id"] in locks]
same("held", [(r["on_id"], r["start"], r["end"], r["line"]) for r in held],
     [(lock_of[u], start, ends, a.get("line"))
      for u, category, name, start, ends, a in slices if category == "lock"])
owners = collections.defaultdict(list)
for r in held:
    owners[r["on_id"], r["start"], r["end"]].append(called(r["owner"]))
for u, category, name, start, ends, _ in slices:
    assert category != "lock" or name.startswith(tuple(owners[lock_of[u], start, ends])), "an owner"
waited = {r["on_id"] for r in of_type["span"] if r["state"] == "waiting"}
semaphores = {r["on_id"] for r in held if r["on_kind"] == "semaphore"}
assert locks <= waited | semaphores, "nobody has waited for a lock"
names = {r["on_id"]: r["on"] for r in held}
for u, lock in lock_of.items():
    assert first(tracks[u], "name") == names[lock], "a lock's name"
    assert tracks[u]["sibling_merge_behavior"] == ["SIBLING_MERGE_BEHAVIOR_BY_SIBLING_MERGE_KEY"]
    assert first(tracks[u], "parent_uuid") in process.values(), "a lock is in no process"
    assert first(tracks[u], "sibling_order_rank") > max(ranks), "a lock stands among the lanes"
print("units", len(lock_of) - len(locks))

# Flows: an instant where one begins, another where it ends.
begins, ends_, instants = {}, {}, []
for uuid, list_ in events.items():
    for time, event in list_:
        if first(event, "type") != "TYPE_INSTANT":
            continue
        category = first(event, "categories")
        where = (category, actor_of.get(uuid), time, annotations(event).get("bytes"))
        for flow in event["flow_ids"]:
            assert flow not in begins, "two flows have one number"
            begins[flow] = where
        for flow in event["terminating_flow_ids"]:
            assert flow not in ends_
            ends_[flow] = where
        if not event["flow_ids"] and not event["terminating_flow_ids"]:
            instants.append((category, actor_of.get(uuid), time, first(event, "name")))
assert set(begins) == set(ends_), "a flow has one end"
assert set(begins) == set(range(1, len(begins) + 1)), "flows are not numbered one by one"
flows = [(begins[f], ends_[f]) for f in begins]
same("wakes", [(r["actor"], r["woken"], r["time"]) for r in of_type["wake"] if r["woken"]],
     [(b[1], e[1], b[2]) for b, e in flows if b[0] == "wake" and b[2] == e[2]])
halves = collections.defaultdict(dict)
for r in of_type["message"]:
    if r["number"] is not None:
        halves[r["on_id"], r["number"]]["from" if r["from"] else "to"] = r
same("messages", [(h["from"]["from"], h["to"]["to"], h["from"]["time"], h["to"]["time"],
                   h["from"]["bytes"], h["to"]["bytes"])
                  for h in halves.values() if len(h) == 2],
     [(b[1], e[1], b[2], e[2], b[3], e[3]) for b, e in flows if b[0] == "message"])
same("said", [(kind, r["actor"], r["time"])
              for kind in ("note", "mark", "check", "output", "error", "phase", "ask", "deadlock")
              for r in of_type[kind] if r["text"]],
     [instant[:3] for instant in instants if instant[0] != "lost"])
texts = {(r["type"], r["time"]): r["text"] for kind in ("note", "mark") for r in of_type[kind]}
for category, _, time, name in instants:
    assert texts.get((category, time), name) == name or "\\" in name, "a text"
same("counters", [(r["on"], r["time"], r["value"]) for r in of_type["counter"]],
     [(first(tracks[u], "name"), time, first(event, "counter_value") or 0)
      for u, list_ in events.items() if tracks[u].get("counter") for time, event in list_])
