#!/usr/bin/env bash
# Every scene stands in scenes/contents, in the folder of its chapter, and can be listed.
. "${GS_SOURCE:?}/tests/support/cmd.bash" || exit

unset GILSCOPE_SCENES
cd "$GS_SOURCE/scenes"
diff <(sort contents) <(printf '%s\n' */*.lua */*.py | sed 's/\.[a-z]*$//' | sort -u) ||
    { echo "scenes/contents and the files differ"; failed=1; }
[[ -z $(sort contents | uniq -d) ]] || { echo "scenes/contents names one twice"; failed=1; }

try 0 list --json
python3 - "$here/out" contents <<'PY' || fail "a scene's name is not chapter/file"
import json, sys
listed = [json.loads(line) for line in open(sys.argv[1])]
wanted = open(sys.argv[2]).read().split()
assert [scene["name"] for scene in listed] == wanted, [scene["name"] for scene in listed]
for scene in listed:
    assert scene["title"] and scene["summary"] and scene["from"] != "", scene["name"]
# What no installed Python can show side by side stays Lua's.
lua_only = {"gil/free-threaded", "gil/subinterpreters"}
for scene in listed:
    assert ("python" in scene["guests"]) != (scene["name"] in lua_only), scene["name"]
    for path in scene["guests"].values():
        assert path.rsplit(".", 1)[0].endswith(scene["name"]), path
PY

# A Python scene is driven by default, says where it is from, claims something, and is short.
for file in */*.py; do
    grep -q '^clock: virtual$' "$file" || fail "$file does not say 'clock: virtual'"
    grep -q '^from: .*[0-9]\{3\}_[0-9a-f]\{16\}\.txt' "$file" || fail "$file names no document"
    grep -q 'check(' "$file" || fail "$file claims nothing"
    [[ $(wc -l <"$file") -le 80 ]] || fail "$file is long"
    awk 'length > 100 && !/^from: /' "$file" | grep . && fail "$file has long lines"
done
finish
