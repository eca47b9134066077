#!/usr/bin/env bash
# A script in front of Python that takes its time, as version managers' do: the picture does not
# wait for it, and it is asked no oftener than it must be.
. "${GS_SOURCE:?}/tests/support/cmd.bash" || exit
. "${GS_SOURCE:?}/tests/support/left.bash" || exit
. "${GS_SOURCE:?}/tests/support/pane.bash" || exit
: >"$here/out" && : >"$here/err"

python=$(command -v python3) || { echo "no python3"; exit 77; }
python=$("$python" -c 'import sys; print(sys.executable)')
unset GILSCOPE_PYTHON VIRTUAL_ENV

# It answers once a line comes through the pipe.
mkdir "$here/bin"
mkfifo "$here/gate"
cat >"$here/bin/python3" <<TEXT
#!/bin/sh
echo \$\$ >>"$here/asked"
read -r line <"$here/gate"
CHOSEN="a \$line one" exec $python -X dev "\$@"
TEXT
chmod +x "$here/bin/python3"
cat >"$here/x.py" <<'TEXT'
"""What the script gives"""
import os, sys
print(os.environ["CHOSEN"], "mode", sys.flags.dev_mode)
TEXT
printf 'scene { title = "Lua" }\nprint("from Lua")\n' >"$here/x.lua"
asked() { [[ $(wc -l <"$here/asked") == "$1" ]]; }

open_pane 80 24
keys "PATH=$here/bin:\$PATH" Enter
settings before
: >"$here/asked"

for words in "$here/x.py" "gil/cpu-threads" "-m x"; do
    : >"$here/asked"
    keys "cd $here" Enter
    on run "$words"
    sees "starting"
    sees "quit"
    await asked 1 || fail "$words: the script is not asked"
    timeout 10 sh -c "echo good >$here/gate" || fail "nobody reads the answer"
    sees "python 3."
    asked 1 || fail "$words: the script was asked again"
    if [[ $words != gil* ]]; then
        keys o
        keys Escape
        sees "a good one mode True"
    fi
    keys q
    restored 0
done

# It ends with the screen, whatever it waits for.
: >"$here/asked"
on run "$here/x.py"
await asked 1 || fail "the script is not asked"
keys q
restored 0
await gone "$(cat "$here/asked")" || fail "the script is left"

# Who needs no Python asks for none; nor does the list, nor its screen.
: >"$here/asked"
on run "$here/x.lua"
sees "from Lua"
keys q
restored 0
on
sees "cpu-threads"
keys q
restored 0
export PATH=$here/bin:$PATH
try 0 list
try 0 list --json
asked 0 || fail "the script was asked for nothing"

# Without a screen it is asked once as well.
# One that has its line may be gone before the next is written: that must not end who writes.
(trap '' PIPE && while [[ -p $here/gate ]]; do echo good >"$here/gate"; done) 2>/dev/null &
feeder=$!
try 0 check gil/cpu-threads "$here/x.py"
asked 1 || fail "a check asked $(wc -l <"$here/asked") times"
: >"$here/asked"
try 0 compare "$here/x.py" "$here/x.lua"
asked 1 || fail "a comparison asked $(wc -l <"$here/asked") times"
kill $feeder
finish
