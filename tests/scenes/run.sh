#!/usr/bin/env bash
# Runs one scene of this folder and compares with what its comments expect:
#   -- run: ARGUMENTS      of gilscope, before the scene's name; once a line (default: check)
#   -- status: N           (default: 0, every check of the scene holds)
#   -- says: TEXT          a line of stdout or stderr contains it; may stand repeatedly
set -uo pipefail
export MALLOC_PERTURB_=85 # what is freed is overwritten: whoever goes on using it falls over
scene=$1
failed=0
expected() { sed -n "s/^-- $1: //p" "$scene"; }

run_once() {
    local got=0 out text want
    want=$(expected status)
    out=$("$GILSCOPE" "$@" "$scene" 2>&1 </dev/null) || got=$?
    [[ $got == "${want:-0}" ]] || { echo "exit status $got instead of ${want:-0}"; failed=1; }
    while IFS= read -r text; do
        [[ -z $text ]] || grep -qF -- "$text" <<<"$out" || { echo "nowhere: $text"; failed=1; }
    done < <(expected says)
    [[ $failed == 0 ]] || printf 'gilscope %s\n%s\n' "$*" "$out"
}

runs=$(expected run)
while read -ra arguments; do
    run_once "${arguments[@]}"
done <<<"${runs:-check}"
exit $failed
