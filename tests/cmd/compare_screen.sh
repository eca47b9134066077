#!/usr/bin/env bash
# `gilscope compare` on a terminal: several runs on one screen, and how that ends.
. "${GS_SOURCE:?}/tests/support/cmd.bash" || exit
. "${GS_SOURCE:?}/tests/support/left.bash" || exit
. "${GS_SOURCE:?}/tests/support/pane.bash" || exit
: >"$here/out" && : >"$here/err"
mkdir -p "$here/scenes/mine"
export GILSCOPE_SCENES=$here/scenes
scene() { cat >"$here/scenes/mine/$1.lua"; }

scene short <<<'scene { title = "Short", chapter = "mine" } time.sleep(1)'
scene long <<'LUA'
scene { title = "Long", chapter = "mine" }
local t = threading.Thread { target = function() native.compute(2) end, name = "a thread" }
t:start()
native.compute(4)
t:join()
LUA
scene wrong <<<'scene { title = "Wrong", chapter = "mine" } check(false, "the moon is cheese")'
scene endless <<<'scene { title = "Endless", chapter = "mine" } while true do time.sleep(1) end'
open_pane
settings before

on compare mine/short mine/long
sees "A  mine/short"
sees "B  mine/long"
sees "■ ended"
sees " 4.00 "
keys j
sees "MainThread has been sleeping for 500 ms"
# Down through the lanes of the first to those of the second.
keys j
sees "▸ B  mine/long"
keys q
stage=
restored 0

# The status is that of a run that failed, and what is wrong stands in its heading.
on compare mine/short mine/wrong
sees "check failed"
keys q
restored 1

# A run that never ends can be left at any time; the one behind it waits.
for clock in virtual real; do
    on compare mine/endless mine/short --clock $clock
    sees "▶ A runs"
    sees "waits for its turn"
    await stage_of "$screen" || fail "no stage"
    stage=$(stage_of "$screen")
    keys q
    restored 0
    stage=
done

# Asked to be printed, it is printed; what is wrong is told before anything is run.
keys "clear; $GILSCOPE compare mine/short mine/long --print lanes" Enter
sees "Waits are those of all threads together."
keys "clear; $GILSCOPE compare mine/short mine/none" Enter
sees "there is no scene 'mine/none'"

finish
