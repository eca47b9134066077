#!/usr/bin/env bash
# Which scenes are listed, in which order, and what is said of files that are none.
. "${GS_SOURCE:?}/tests/support/cmd.bash" || exit

mkdir -p "$here/scenes/gil" "$here/scenes/own"
scene() { printf 'scene { title = "%s", chapter = "%s", from = { "001_abc.txt", "a b.html" } }\nerror("ran")\n' "$2" "$3" >"$here/scenes/$1.lua"; }
scene gil/alpha "The first" gil
scene gil/omega "The last" gil
scene own/middle "In between" own
printf 'gil/omega\nown/middle\ngil/none-such\n' >"$here/scenes/contents"
export GILSCOPE_SCENES="$here/none:$here/scenes"

try 0 list
[[ $(head -3 "$here/out" | tr -s ' ') == $'gil\n gil/omega Lua The last (001, a b)\n gil/alpha Lua The first (001, a b)' ]] || fail "order of the table"
out_has "own/middle"
err_empty

try 0 list --json
python3 - "$here/out" <<'PY' || fail "JSON"
import json, sys
scenes = [json.loads(line) for line in open(sys.argv[1])]
names = [s["name"] for s in scenes]
assert names[:2] == ["gil/omega", "gil/alpha"] and "own/middle" in names, names
chapters = [s["chapter"] for s in scenes]
assert all(chapters.index(c) + chapters.count(c) > i for i, c in enumerate(chapters)), chapters
assert all(set(s) == {"name", "title", "chapter", "from", "summary", "path", "guests"} for s in scenes)
assert scenes[0]["title"] == "The last" and scenes[0]["from"] == "001_abc.txt, a b.html"
PY

printf 'scene { title = "x",\n cores = "two" }\n' >"$here/scenes/own/broken.lua"
printf 'scene { title = "a \\27[31mred\\0title" }\n' >"$here/scenes/own/harm.lua"
try 2 list
out_has "gil/alpha"
err_has "own/broken.lua:2: the scene's cores must be a number"
[[ $(wc -l <"$here/err") == 2 ]] || fail "each broken scene is told once"

printf 'scene { title = "a \\27[31mred title", chapter = "own" }\n' >"$here/scenes/own/harm.lua"
rm "$here/scenes/own/broken.lua"
try 0 list
out_has '^[[31mred'
out_lacks $'\e'

# A folder of scenes itself, without one a chapter; a mark before the text, as some editors write.
printf '\xef\xbb\xbf#!/usr/bin/env gilscope\nscene { title = "Alone" }\ncheck(true, "ran")\n' >"$here/alone.lua"
GILSCOPE_SCENES=$here try 0 list
out_has "alone.lua"
out_has "Alone"
try 0 check "$here/alone.lua"
out_has "holds ran"
mkfifo "$here/pipe.lua"
try 2 run "$here/pipe.lua"
err_has "pipe.lua is a pipe or a device, and a scene is a .py or .lua file"

# One name, two files: Python's runs where there is one and nothing is asked that only Lua has.
python=$(command -v python3) && python=$("$python" -c 'import sys; print(sys.executable)') || finish
unset GILSCOPE_PYTHON VIRTUAL_ENV
export GILSCOPE_SCENES=$here/both
mkdir -p "$here/both/duo"
printf 'scene { title = "In Lua", chapter = "duo" }\ncheck(true, "lua ran")\n' >"$here/both/duo/two.lua"
printf '"""In Python\n\nchapter: duo\n"""\nimport gilscope\ngilscope.check(True, "python ran on the %%s clock" %% gilscope.clock)\n' >"$here/both/duo/two.py"
sed 's/In Python/Alone/' "$here/both/duo/two.py" >"$here/both/duo/one.py"
printf 'import os\nhelp = 1\n' >"$here/both/duo/helpers.py"
try 0 list
[[ $(grep -A9 '^duo' "$here/out" | head -3 | tr -s ' ') == $'duo\n duo/one Python Alone\n duo/two Python, Lua In Python' ]] || fail "two files, one line"
out_lacks "helpers"
try 0 list --json
python3 - "$here/out" "$here" <<'PY' || fail "guests"
import json, sys
scenes = {s["name"]: s for s in map(json.loads, open(sys.argv[1]))}
folder = sys.argv[2] + "/both/duo/"
assert scenes["duo/two"]["guests"] == {"python": folder + "two.py", "lua": folder + "two.lua"}
assert scenes["duo/two"]["path"] == folder + "two.py"
assert scenes["duo/one"]["guests"] == {"python": folder + "one.py"}
PY
for words in duo/two two duo/two.py two.py "duo/two --python $python"; do
    try 0 run $words --print text
    out_has "python ran on the real clock"
done
for words in duo/two.lua two.lua "duo/two --gil 3.9" "two --gil off"; do
    try 0 run $words --print text
    out_has "lua ran"
done
GILSCOPE_PYTHON=/none/python3 try 0 run duo/two --print text
out_has "lua ran"
GILSCOPE_PYTHON=/none/python3 try 2 run duo/two.py
err_has "/none/python3"
GILSCOPE_PYTHON=/none/python3 try 0 list --json
out_has '"path":"'"$here/both/duo/two.lua"
try 2 run duo/none.py
err_has "duo/none.py: there is no such file, and no scene of this name"

# Checked are both, on the virtual clock.
try 0 check duo
out_has "duo/two.py"
out_has "duo/two.lua"
out_has "3 scenes, 3 claims: all hold"
out_has "python ran on the virtual clock"
try 0 check duo --gil 3.9
out_has "1 scene, 1 claim: all hold"
try 0 check duo --python "$python"
out_has "2 scenes, 2 claims: all hold"
try 0 check duo/two --clock real
out_has "python ran on the real clock"

# A folder before the program's own has its names for itself, whichever guest it is.
mkdir -p "$here/before/duo"
printf 'scene { title = "Mine", chapter = "duo" }\ncheck(true, "mine ran")\n' >"$here/before/duo/two.lua"
GILSCOPE_SCENES=$here/before:$here/both try 0 run duo/two --print text
out_has "mine ran"
finish
