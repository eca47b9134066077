#!/usr/bin/env bash
# draw.sh PROGRAM FOLDER: draws the README's pictures with the program, from shipped scenes of the
# embedded Lua on the virtual clock: those are the same on every machine.
set -euo pipefail
program=$1 folder=$2

draw() {
    local name=$1
    shift
    "$program" run "$@" --clock virtual --animate --print none --export "svg=$folder/$name.svg"
}

draw cpu-threads gil/cpu-threads.lua --interval 20 --seed 2 --width 94
draw lost-update sync/lost-update.lua --width 94
draw deadlock sync/deadlock.lua --width 94
