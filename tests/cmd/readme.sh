#!/usr/bin/env bash
# What the README shows works: its scene keeps its claim, its commands exist.
. "$GS_SOURCE/tests/support/cmd.bash"

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
