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
[[ $(head -3 "$here/out" | tr -s ' ') == $'gil\n gil/omega The last (001, a b)\n gil/alpha The first (001, a b)' ]] || fail "order of the table"
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
assert all(set(s) == {"name", "title", "chapter", "from", "summary", "path"} for s in scenes)
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
err_has "pipe.lua: a scene is a .lua file"

finish
