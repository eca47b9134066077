# Every claim of the scene holds on the virtual clock; it has some, and says where they are from.
. "$(dirname "$0")/lib.sh"
grep -q 'check(' "$file" || fail "the scene claims nothing"
grep -q '[0-9]\{3\}_[0-9a-f]\{16\}\.txt' "$file" || fail "the scene names no document"
if [[ ${GS_CLAIMS-} == no ]]; then exit $skipped; fi
timeout 120 "$GILSCOPE" check "$file" >"$work/out" 2>"$work/err" || fail "a claim failed" "$work"/*
