#!/usr/bin/env bash
# What a list names is there: every kind of event is traced by somebody, every state has a colour,
# every kind of object is made, every key does something, every cost is charged. That every event is
# read the compiler sees: the timeline's switches name them all.
set -euo pipefail
cd "$GS_SOURCE/src"
missing=0

names() { sed -n "s/^$1(\\([A-Za-z0-9_]*\\),.*/\\1/p" "$2"; }

# used WORD WHAT FOLDER...: some C file or other list there says WORD.
used() {
    local word=$1 what=$2
    shift 2
    grep -rqw --include='*.[ch]' --include='*.def' -- "$word" "$@" && return
    echo "$word: $what"
    missing=1
}

for event in $(names GS_EVENT trace/event.def); do
    used "GS_EVENT_$event" "nobody traces it" sched lua python trace/ring.c trace/collector.c
done
for state in $(names GS_STATE trace/state.def); do
    used "GS_STATE_$state" "it has no colour" draw/palette.c
done
for object in $(names GS_OBJECT trace/object.def); do
    used "GS_OBJECT_$object" "nobody makes one" lua python cli/stage
done
for key in $(names GS_KEY tui/keys.def); do
    used "GS_ACTION_$key" "its key does nothing" tui
done
for cost in $(names GS_COST sched/costs.def); do
    used "GS_COST_$cost" "nobody pays it" sched lua python
done
# What is watched has something in front of it on the real clock too.
for name in $(sed -n 's/^GS_FRONT_DRIVEN([a-z_]*, \([a-z0-9_]*\),.*/\1/p' python/front/front.def); do
    if grep -rn -- "table->$name =" python/watch python/sync python/loops python/family; then
        echo "front.def has $name for the virtual clock alone"
        missing=1
    fi
done
exit $missing
