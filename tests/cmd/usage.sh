#!/usr/bin/env bash
# Help, version, and what a wrong command line is told.
. "${GS_SOURCE:?}/tests/support/cmd.bash" || exit

try 0 --version
grep -qxE 'gilscope [0-9]+\.[0-9]+\.[0-9]+' "$here/out" || fail "no version"
err_empty

for words in --help -h help; do
    try 0 $words
    out_has "gilscope run SCENE"
    err_empty
done
for command in list help; do
    try 0 help $command
    out_has "gilscope $command"
    err_empty
done
try 0 list --help
out_has "--json"

for command in run check list help; do
    try 0 $command --version
    grep -qxE 'gilscope [0-9.]+' "$here/out" || fail "no version"
    try 0 $command --help
    out_has "gilscope $command"
    [[ $(LC_ALL=C.UTF-8 wc -L <"$here/out") -le 80 ]] || fail "wider than a terminal"
    err_empty
done
try 0 --help
[[ $(LC_ALL=C.UTF-8 wc -L <"$here/out") -le 80 ]] || fail "wider than a terminal"

# The chooser takes the options of how to run and of how to show it; here it has no terminal.
try 2 --ascii --gil 2.7 --speed 0.1
err_has "the chooser needs a terminal"
try 2 --gil 2.8
err_has "--gil is 3.12, 3.9, 2.7 or off, not '2.8' (see: gilscope --help)"
try 2 --ascii gil/convoy
err_has "gilscope run [OPTIONS] gil/convoy"
try 2 --print json
err_has "no option --print"

try 2 lisst
out_empty
err_has "did you mean 'list'?"
try 2 quite-another-word
err_has "no command 'quite-another-word'"
err_lacks "did you mean"
# A scene that cannot be read is one all the same, by whatever it is called.
mkdir -p "$here/scenes/gil"
echo 'scene { title = ' >"$here/scenes/gil/broken.lua"
export GILSCOPE_SCENES=$here/scenes
for words in broken gil/broken "help broken" "help gil/broken" "$here/scenes/gil/broken.lua"; do
    try 2 $words
    out_empty
    err_has "gil/broken.lua:1: "
    err_lacks "no command"
done
unset GILSCOPE_SCENES
try 2 "$here/none.lua"
err_has "no command"
try 2 --colour
err_has "no option --colour"
# Output that goes nowhere is no result.
for words in list --version help "run gil/convoy" "check gil/convoy"; do
    for out in '&-' /dev/full; do
        tried="gilscope $words >$out"
        : >"$here/out"
        eval '"$GILSCOPE" $words >'"$out"' 2>"$here/err" </dev/null'
        status=$?
        [[ $status == 1 ]] || fail "exit status $status instead of 1"
        err_has "gilscope: "
    done
done
for words in "run gil/convoy" "run --print lanes gil/convoy" "run -m this" "trace"; do
    try 2 $words --at 3ms -- true
    out_empty
    err_has "--at is the instant that --print boxes shows, which is not asked for: say both, or neither (see: gilscope ${words%% *} --help)"
done
try 0 run --print boxes --at 3ms sync/event.lua
out_has "at 3.0 ms of"
try 2 list --jsn
err_has "there is no option --jsn; did you mean --json? (see: gilscope list --help)"
for words in "run sync/event.lua" "compare sync/event.lua gil/convoy.lua" "trace"; do
    try 2 $words --color sometimes -- true
    err_has "--color is auto, always or never, not 'sometimes' (see: gilscope ${words%% *} --help)"
done
try 2 run --colour=never sync/event.lua
err_has "did you mean --color?"
# A pipe has colours only if asked; who asks has them whatever NO_COLOR says.
for words in "" "--color auto" "--color never"; do
    try 0 run sync/event.lua $words
    out_lacks $'\e'
done
for words in "run sync/event.lua --print lanes" "run sync/event.lua --print boxes" \
    "compare sync/event.lua sync/event.lua"; do
    NO_COLOR=1 try 0 $words --color always
    out_has $'\e[0;'
done
try 2 list --json=yes
err_has "--json takes no value"
try 2 list gil
err_has "list takes no 'gil'"
try 2 help run list
try 2 $'\e[31mred'
err_has '^[[31mred'
err_lacks $'\e'

finish
