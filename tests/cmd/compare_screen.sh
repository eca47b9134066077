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

# From a run: its scene with another knob, and back to it.
on run mine/long --clock virtual --speed 10
sees "■ ended"
keys c
sees "compare with:"
keys "frob=1" Enter
sees "'frob' cannot."
keys C-h C-h C-h C-h C-h C-h "cores=1" Enter
sees "B  mine/long, cores=1"
sees "6.0 s"
sees "2 runs compared"
keys c "mine/short mine/long seed=2" Enter
sees "C  mine/short, seed=2"
sees "4 runs compared"
sees "■ ended"
keys q
sees "total 4.0 s"
keys q
restored 0

# One that never ends goes with the comparison, the first stays as it is.
on run mine/endless --clock real
sees "MainThread"
first=$(stage_of "$screen")
keys c "mine/endless" Enter
sees "▶ 2 run"
two_stages() { [[ $(stage_of "$screen" | wc -l) == 2 ]]; }
await two_stages || fail "no second stage"
second=$(stage_of "$screen" | grep -vx "$first")
keys q
await gone "$second" || fail "the stage that was compared is left"
gone "$first" && fail "the first run has ended, too"
keys q
stage=$first
restored 0
stage=

# The chooser's, with what the user asked for on the command line.
on --cores 2 --speed 10
sees "mine"
keys / "Long" Enter Enter
sees "■ ended"
keys c "cores=1" Enter
sees "virtual · GIL 3.12 · 2 cores ─ 4.0 s"
sees "virtual · GIL 3.12 · 1 core ─ 6.0 s"
keys q q
restored 0

# Asked to be printed, it is printed; what is wrong is told before anything is run.
keys "clear; $GILSCOPE compare mine/short mine/long --print lanes" Enter
sees "Waits are those of all threads together."
in_colour() { pane capture-pane -e -p -t 0 | grep -qF $'\e['; }
in_colour || fail "a terminal gets no colours"
for words in "NO_COLOR=1 $GILSCOPE" "TERM=dumb $GILSCOPE"; do
    keys "clear; $words compare mine/short mine/long --print lanes" Enter
    await eval 'screen_text | grep -qF "Waits are those" && shows "$words"'
    in_colour && fail "colours in spite of ${words%% *}"
done
keys "clear; $GILSCOPE compare mine/short mine/none" Enter
sees "there is no scene 'mine/none'"

finish
