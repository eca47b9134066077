#!/usr/bin/env bash
# Help, version, and what a wrong command line is told.
. "$GS_SOURCE/tests/support/cmd.bash"

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
out_has "gilscope list [--json]"

try 2 lisst
out_empty
err_has "did you mean 'list'?"
try 2 quite-another-word
err_has "no command 'quite-another-word'"
err_lacks "did you mean"
try 2 --colour
err_has "no option '--colour'"
try 2 list --jsn
err_has "list takes no '--jsn'"
try 2 help run list
try 2 $'\e[31mred'
err_has '^[[31mred'
err_lacks $'\e'

finish
