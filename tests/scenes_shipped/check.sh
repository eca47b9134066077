# Every claim of the scene holds on the virtual clock, and it has some.
. "$(dirname "$0")/lib.sh"
timeout 60 "$GILSCOPE" check "$scene" >"$work/out" 2>"$work/err" || fail "a claim failed" "$work"/*
grep -q 'check(' "$file" || fail "the scene claims nothing"
for document in $(grep -o '[0-9]\{3\}_[0-9a-f]\{16\}\.txt' "$file"); do
    [[ $document ]] && found=yes
done
[[ ${found-} ]] || fail "the scene does not say which document it is from"
