#!/usr/bin/env bash
# Where Lua itself goes by addresses and the time: the same run gives the same bytes all the same.
. "$GS_SOURCE/tests/support/cmd.bash"
same() {
    cat >"$here/scene.lua"
    try 0 run --print json "$here/scene.lua"
    mv "$here/out" "$here/first"
    for _ in 1 2 3; do
        try 0 run --print json "$here/scene.lua"
        cmp "$here/first" "$here/out" || fail "a run differs from the first"
    done
}

same <<'LUA'
scene { title = "Formatted addresses" }
print(("%s %s"):format({}, print), string.format("%-20s|%5d", function() end, 7))
LUA

finish
