#!/usr/bin/env bash
# `gilscope check`: each claim on a line, a summary, the status.
. "${GS_SOURCE:?}/tests/support/cmd.bash" || exit
mkdir -p "$here/scenes/mine"
export GILSCOPE_SCENES=$here/scenes
scene() { cat >"$here/scenes/mine/$1.lua"; }

scene good <<'LUA'
scene { title = "Good", chapter = "mine" }
check(true, "water is wet")
check(2 > 1, "two is more than one")
LUA
scene bad <<'LUA'
scene { title = "Bad", chapter = "mine" }
check(true, "this holds")
check(false, "the moon is cheese")
LUA
scene locked <<'LUA'
scene { title = "Deadlock", chapter = "mine", expect = "deadlock" }
local l = threading.Lock()
l:acquire()
l:acquire()
LUA
scene silent <<'LUA'
scene { title = "No claims", chapter = "mine" }
LUA
scene broken <<'LUA'
scene { title = "Broken", chapter = "mine" }
check(true, "before")
error("in the middle")
LUA

try 0 check mine/good
out_has "holds water is wet"
out_has "1 scene, 2 claims: all hold"
err_empty

try 1 check mine/good mine/bad
out_has "holds this holds"
out_has "FAILS the moon is cheese (line 3)"
out_has "2 scenes, 4 claims: 1 fails"

try 0 check mine/locked
out_has "holds the deadlock was found, and named as a cycle"
out_has "1 claim: all hold"
sed -i 's/, expect = "deadlock"//' "$here/scenes/mine/locked.lua"
try 1 check mine/locked
out_has "FAILS"
sed -i 's/chapter = "mine"/chapter = "mine", expect = "deadlock"/' "$here/scenes/mine/good.lua"
try 1 check mine/good
out_has "FAILS a deadlock is found and named"

try 0 check silent
out_has "makes no claims"
try 1 check broken
out_has "holds before"
out_has "in the middle"
try 1 check mine
out_has "5 scenes"

try 2 check mine/none
err_has "there is no scene 'mine/none'"
# One that cannot be read holds no claim: neither its chapter nor all scenes may look as if.
mkdir "$here/scenes/half" && cp "$here/scenes/mine/good.lua" "$here/scenes/half"
sed -i 's/mine/half/; s/, expect = "deadlock"//' "$here/scenes/half/good.lua"
try 0 check half
echo 'scene { title = "Never closed"' >"$here/scenes/half/open.lua"
for words in half half/good\ half/open half/open; do
    try 2 check $words
    err_has "half/open.lua:1: the scene table is never closed"
done
# All are those here alone for a program that lies where it has none of its own.
mkdir "$here/bin" && cp "$GILSCOPE" "$here/bin"
GILSCOPE=$here/bin/gilscope try 2 check all
err_has "half/open.lua:1: the scene table is never closed"
out_has "FAILS the moon is cheese (line 3)"
out_has "6 scenes, "
try 2 check half
out_has "holds water is wet"
try 2 run half/open
err_has "half/open.lua:1: the scene table is never closed"
rm "$here/scenes/half/open.lua"

echo 'scene { title = "x" } local x = = 1' >"$here/scenes/mine/syntax.lua"
try 2 check "$here/scenes/mine/syntax.lua"
err_has "syntax.lua:1:"
try 2 check
err_has "check needs a scene"
try 2 check --print json mine
try 0 check --help

finish
