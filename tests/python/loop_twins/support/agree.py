"""agree.py TRACE RECORD: what the lanes of a run's tasks tell (its --print json) is what the program
itself wrote down (recorder.py): each task's steps, in which order among the others', when, which
other task it awaits, who has made it ready again, and how it ended. Prints what differs.
"""
import collections
import json
import sys

Moment = collections.namedtuple("Moment", "task what time how whom")


def complain(text):
    print(text)
    complain.any = True


complain.any = False


def lanes_of(lines):
    """Of each task's lane: its name, its loop, its spans, how it ended, which is told only if it is
    no ordinary end."""
    lanes, actors = {}, {}
    for record in map(json.loads, lines):
        if record["type"] == "actor":
            actors[record["id"]] = record
            if record["kind"] == "task":
                lanes[record["id"]] = {**record, "spans": [], "how": "done"}
        elif record["type"] == "span" and record["actor"] in lanes:
            lanes[record["actor"]]["spans"].append(record)
        elif record["type"] == "died" and record["actor"] in lanes:
            lanes[record["actor"]]["how"] = record["how"]
    return lanes, actors


def who_is(actor, actors):
    """A task's name; or "loop", for what a loop does on its own, or "thread", which runs none."""
    if actor is None:
        return "loop"  # the clock, or a file
    kind = actors[actor]["kind"]
    return actors[actor]["name"] if kind == "task" else kind


def told(lane, actors):
    """The moments of a lane. A step is what lies between being ready and awaiting, whatever the
    task's thread did meanwhile."""
    name, step, by = lane["name"], False, None
    for span in lane["spans"]:
        gives_way = span["state"] in ("ready", "awaiting")
        if step and gives_way:
            on = span["on"] if span["on_kind"] == "task" else None
            yield Moment(name, "end", span["start"], None, on)
        if span["state"] == "ready":
            yield Moment(name, "ready", span["start"], None, by)
        elif not gives_way and not step:
            yield Moment(name, "begin", span["start"], None, None)
        step = not gives_way
        by = who_is(span["cause"], actors) if span["state"] == "awaiting" else None
    if step:
        yield Moment(name, "end", lane["spans"][-1]["end"], lane["how"], None)


def recorded(record):
    """The moments that the program wrote down. Who has made a task ready is told behind an await
    only."""
    names, steps, awaits = record["names"], set(), set()
    for entry in record["trail"]:
        task, whom = entry["task"], None
        if str(task) not in names:
            continue  # it has never begun
        if entry["what"] == "ready":
            if task in awaits:
                whom = {0: "loop", None: "thread"}.get(entry["by"]) or names[str(entry["by"])]
            awaits.discard(task)
            steps.discard(task)
        elif entry["what"] == "begin":
            steps.add(task)
        elif task in steps:
            awaits.add(task)
        if entry.get("on"):
            whom = names[str(entry["on"])]
        time = None if entry.get("inside") else entry["time"]
        yield Moment(names[str(task)], entry["what"], time, entry.get("how"), whom)


def same_order(loop, ours, theirs):
    """What the trace has at one and the same time may be in any order."""
    left = sorted(ours, key=lambda moment: moment.time)
    for theirs_next in theirs:
        wanted = theirs_next[:2] + theirs_next[3:]
        at_once = [m for m in left if m.time == left[0].time]
        found = [m for m in at_once if m[:2] + m[3:] == wanted]
        if not found:
            had = ", ".join(map(str, at_once)) or "nothing"
            return complain(f"{loop}: the program has {theirs_next}, the lanes {had}")
        left.remove(found[0])
        yield found[0], theirs_next
    if left:
        complain(f"{loop}: the lanes have {left[0]} and {len(left) - 1} more")


def same_clock(pairs):
    """A step begins behind the program's note of it, and is over before; and who goes on after an
    await is asked to before that is noted. So one distance of the two clocks fits all of it."""
    least, most = float("-inf"), float("inf")
    for ours, theirs in pairs:
        if theirs.time is None or (theirs.what == "ready" and not theirs.whom):
            continue
        distance = theirs.time - ours.time
        if theirs.what == "begin":
            least = max(least, distance)
        else:
            most = min(most, distance)
        if least > most:
            return complain(f"{ours} is not when the program has it, {theirs}")


lanes, actors = lanes_of(open(sys.argv[1]))
record = json.load(open(sys.argv[2]))
by_loop, loop_of = collections.defaultdict(list), {}
for lane in lanes.values():
    if lane["name"] in loop_of:
        complain(f"two tasks are called {lane['name']}")
    loop_of[lane["name"]] = actors[lane["parent"]]["name"]
    by_loop[loop_of[lane["name"]]] += told(lane, actors)
theirs = collections.defaultdict(list)
for moment in recorded(record):
    theirs[loop_of.get(moment.task, "no loop")].append(moment)
pairs = []
for loop in sorted({*by_loop, *theirs}):
    pairs += same_order(loop, by_loop[loop], theirs[loop])
same_clock(pairs)
print(f"{len(pairs)} moments of {len(lanes)} tasks")
sys.exit(complain.any)
