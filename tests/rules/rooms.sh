#!/usr/bin/env bash
# Who may include whom: the rooms of src/ and their walls. Prints each include that breaks one.
set -euo pipefail
cd "$GS_SOURCE/src"

declare -A may=(
    [base]=""
    [trace]="base"
    [sched]="base trace"
    [lua]="base trace sched"
    [timeline]="base trace"
    [draw]="base trace timeline"
    [tui]="base trace timeline draw"
    [export]="base trace timeline draw"
    [python]="base trace sched"
    [cli]="base trace sched lua python timeline draw tui export"
)
# The folders of a room that has layers: what stands below each.
declare -A below=(
    [python/launch]=""
    [python/front]=""
    [python/cpython]=""
    [python/drive]="front cpython"
    [python/watch]="front cpython drive"
    [python/sync]="front cpython drive watch"
    [python/loops]="front cpython drive watch sync"
    [python/bootstrap]="front cpython drive watch sync loops"
    [python/family]="front cpython drive watch sync loops bootstrap"
    [python/preload]="front cpython drive watch sync loops bootstrap family"
)
broken=0

complain() {
    printf '%s\n' "$*"
    broken=1
}

for directory in */; do
    room=${directory%/}
    [[ -v may[$room] ]] || complain "src/$room is no room of the table"
done

for directory in python/*/; do
    compgen -G "$directory*.[ch]" >/dev/null || continue
    [[ -v below[${directory%/}] ]] || complain "src/$directory has no place among the layers of its room"
done

while IFS=: read -r file line include; do
    room=${file%%/*}
    [[ $file == */* && -v may[$room] ]] || continue
    target=${include#*\"}
    target=${target%%\"*}
    other=${target%%/*}
    [[ $target == */* ]] || complain "src/$file:$line: \"$target\": name the room in the include"
    [[ $other == "$room" || " ${may[$room]} " == *" $other "* ]] ||
        complain "src/$file:$line: $room/ may not include $target"
    folder=${file%/*}
    part=${target#*/}
    [[ $other != "$room" || ! -v below[$folder] || $folder == "${target%/*}" ||
        " ${below[$folder]} " == *" ${part%%/*} "* ]] ||
        complain "src/$file:$line: $folder/ may not include $target: it is not below it"
done < <(grep -rnE '^[[:space:]]*#[[:space:]]*include[[:space:]]*"' --include='*.[ch]' . | sed 's|^\./||')

while read -r file; do
    [[ $file == ./tui/term/term.c ]] || complain "src/${file#./}: only tui/term/term.c knows ncurses"
done < <(grep -rlE '^[[:space:]]*#[[:space:]]*include[[:space:]]*<(ncursesw?/)?n?curses' . || true)

exit $broken
