#!/usr/bin/env bash
# The README's pictures are those that the program draws today, to the byte, and the README shows
# them, by links that lead to them from wherever it is read.
. "${GS_SOURCE:?}/tests/support/cmd.bash" || exit

assets=$GS_SOURCE/assets
for picture in "$assets"/*.svg; do
    grep -q "](assets/${picture##*/})" "$GS_SOURCE/README.md" ||
        fail "the README does not show ${picture##*/}"
done
while read -r link; do
    [[ -f $GS_SOURCE/$link ]] || fail "the README shows $link, and it is not there"
done < <(grep -o '](assets/[^)]*)' "$GS_SOURCE/README.md" | sed 's/^](//;s/)$//')

# The hostile build hands over wherever it can, and another Lua counts other instructions.
made_with=$(sed -n '1s/.*with Lua \([0-9.]*\):.*/\1/p' "$GS_SOURCE/tests/scenes_shipped/traces")
[[ ${GS_CLAIMS-} != no && $GS_LUA_VERSION == "$made_with" ]] || finish
mkdir "$here/assets"
bash "$assets/draw.sh" "$GILSCOPE" "$here/assets" >"$here/out" 2>"$here/err" || fail "assets/draw.sh"
for picture in "$assets"/*.svg "$here/assets"/*.svg; do
    cmp -s "$assets/${picture##*/}" "$here/assets/${picture##*/}" ||
        fail "${picture##*/} is another today; if it is meant so: ./dev assets"
done
finish
