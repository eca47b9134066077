#!/usr/bin/env bash
# Every scene stands in scenes/contents, in the folder of its chapter, and can be listed.
. "${GS_SOURCE:?}/tests/support/cmd.bash" || exit

unset GILSCOPE_SCENES
cd "$GS_SOURCE/scenes"
diff <(sort contents) <(printf '%s\n' */*.lua | sed 's/\.lua$//' | sort) ||
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
PY
finish
