#!/usr/bin/env bash
# What the README shows works: its picture is printed, its scene keeps its claim, its commands exist.
. "${GS_SOURCE:?}/tests/support/cmd.bash" || exit

if [[ ${GS_CLAIMS-} != no ]]; then
    sed -n '/^gil\/cpu-threads/,/^```$/{/^```/d;p}' "$GS_SOURCE/README.md" >"$here/picture"
    LC_ALL=C.UTF-8 try 0 run gil/cpu-threads.lua --interval 20 --width 94 --seed 2
    head -n "$(wc -l <"$here/picture")" "$here/out" | diff "$here/picture" - >&2 ||
        fail "the picture differs"
fi

sed -n '/^```lua$/,/^```$/{/^```/d;p}' "$GS_SOURCE/README.md" >"$here/mine.lua"
try 0 check "$here/mine.lua"
out_has "1 claim: all hold"
for seed in 1 2 3; do try 0 run --print none --seed $seed "$here/mine.lua"; done

try 0 list
cp "$here/out" "$here/list"
for scene in $(grep -oE '\brun [a-z]+/[a-z-]+' "$GS_SOURCE/README.md" | cut -d' ' -f2 | sort -u); do
    grep -qw -- "$scene" "$here/list" || fail "the README names $scene"
done
finish
