# What the tests of the shipped scenes share. $1 of each script is the scene's name; the program
# is $GILSCOPE, the checkout $GS_SOURCE.
set -uo pipefail
scene=$1
file=$GS_SOURCE/scenes/$scene.lua
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fail() {
    printf '%s: %s\n' "$scene" "$1" >&2
    shift
    for shown in "$@"; do tail -n 40 "$shown" >&2; done
    exit 1
}

# A scene whose claim is that the run finds its deadlock ends with 1, every other one with 0.
good_status=0
if grep -q 'expect = "deadlock"' "$file"; then good_status=1; fi

# run_good OUT ARGS...: one run of the scene that has to end as it should.
run_good() {
    local out=$1 status=0
    shift
    timeout 60 "$GILSCOPE" run "$file" "$@" >"$out" 2>"$out.err" || status=$?
    [[ $status == "$good_status" ]] || fail "ended with $status: run $*" "$out" "$out.err"
}
