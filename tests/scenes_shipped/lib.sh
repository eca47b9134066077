# What the tests of the shipped scenes share. $1 of each script is the scene's name, with its
# ending if it is Python's; the program
# is $GILSCOPE, the checkout $GS_SOURCE. GS_REPEAT is how often a run is repeated, GS_CLAIMS is
# "no" in a build in which claims need not hold: then a run only has to end, and break no rule.
set -uo pipefail
scene=$1
file=$GS_SOURCE/scenes/$scene
[[ $scene == *.py ]] || file+=.lua
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
skipped=77

fail() {
    printf '%s: %s\n' "$scene" "$1" >&2
    shift
    for shown in "$@"; do tail -n 40 "$shown" >&2; done
    exit 1
}

# One whose claim is that the run finds its deadlock or stall does so, too.
good_status=0

# run_once OUT ARGS...: one run with its text in OUT; its status is left in $status.
run_once() {
    local out=$1
    shift
    status=0
    timeout 120 "$GILSCOPE" run "$file" "$@" >"$out" 2>"$out.err" || status=$?
    if grep -q Sanitizer "$out.err"; then fail "a sanitizer speaks: run $*" "$out.err"; fi
}

# The run ended as it should, or at least as a run does whose claims fail.
is_good() {
    [[ $status == "$good_status" || ( ${GS_CLAIMS-} == no && $status -le 1 ) ]]
}

run_good() {
    run_once "$@"
    is_good || fail "ended with $status: run ${*:2}" "$1" "$1.err"
}
