#!/usr/bin/env bash
# `gilscope compare`: runs one below the other on one time scale, a table, what is wrong.
. "${GS_SOURCE:?}/tests/support/cmd.bash" || exit
mkdir -p "$here/scenes/mine"
export GILSCOPE_SCENES=$here/scenes
scene() { cat >"$here/scenes/mine/$1.lua"; }

scene short <<'LUA'
scene { title = "Short", chapter = "mine" }
time.sleep(1)
LUA
scene long <<'LUA'
scene { title = "Long", chapter = "mine" }
local t = threading.Thread { target = function() native.compute(2) end, name = "a thread of a long name" }
t:start()
native.compute(4)
t:join()
LUA
scene bad <<'LUA'
scene { title = "Bad", chapter = "mine" }
check(false, "the moon is cheese")
LUA

# One scale: the short one's second is a quarter of the long one's four, from the same column on.
try 0 compare mine/short mine/long --width 100
out_has "A  mine/short"
out_has "B  mine/long"
out_has '  MainThread               ······sleep·······'
axes=$(grep -c '0s  ' "$here/out")
[[ $axes == 2 ]] || fail "there are $axes axes"
[[ $(grep '0s  ' "$here/out" | sort -u | wc -l) == 1 ]] || fail "the axes differ"
out_has "run             time  of A  cores busy"
out_has "A  mine/short"
out_has " 4.00 "
err_empty

# Each value of what varies, and each pair of values.
try 0 compare mine/long --vary cores=1,2 --vary seed=3,4
out_has "A  mine/long, cores=1, seed=3"
out_has "B  mine/long, cores=1, seed=4"
out_has "D  mine/long, cores=2, seed=4"
out_has "2 cores"
out_lacks "E  "
try 0 compare mine/long --vary cores=1,2 --json
out_has '"type":"compared","run":"mine/long, cores=1"'
out_has '"states":{'

# A scene that fails fails the comparison, which is shown all the same.
try 1 compare mine/short mine/bad
out_has "B  mine/bad"

try 2 compare
err_has "compare needs scenes"
try 2 compare mine/short
err_has "alone has nothing to be compared with"
try 2 compare mine/short mine/none
err_has "there is no scene 'mine/none'"
try 2 compare mine/short --vary cores
err_has "--vary is an option and its values, such as cores=1,4, not 'cores'"
try 2 compare mine/short --vary speed=1,2
err_has "clock, gil, interval, cores, seed, cost and python can vary, 'speed' cannot"
try 2 compare mine/short --vary cores=0,1
err_has "--cores is a whole number from 1 to"
try 2 compare mine/short --vary cores=1,2,3,4,5,6,7,8 --vary seed=1,2,3,4
err_has "that makes more than 26 runs"

finish
