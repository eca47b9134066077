#!/usr/bin/env bash
# What `cmake --install` puts somewhere works from there, with its own scenes.
. "$GS_SOURCE/tests/support/cmd.bash"

unset GILSCOPE_SCENES
: >"$here/out" && : >"$here/err"
cmake --install "$(dirname "$GILSCOPE")" --prefix "$here/moved" >"$here/out" 2>&1 || fail "cmake --install"
mv "$here/moved" "$here/again"
GILSCOPE=$here/again/bin/gilscope
try 0 list --json
out_has "\"path\":\"$here/again/share/gilscope/scenes/gil/cpu-threads.lua\""
finish
