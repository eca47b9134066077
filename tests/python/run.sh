#!/usr/bin/env bash
# Runs one program of this folder with each Python that is found and compares with what its comments
# expect:
#   # run: ARGUMENTS      of gilscope, before the file's name; once a line
#   # same: ARGUMENTS     likewise; the output of three runs must be the same, to the byte
#   # args: ARGUMENTS     of the program
#   # status: N           (default: 0)
#   # says: TEXT          a line of stdout or stderr contains it; may stand repeatedly
#   # matches: REGEX      the same with an extended regular expression
#   # never: TEXT         no line contains it
#   # before: MINOR       only Pythons older than 3.MINOR
#   # from: MINOR         only 3.MINOR and newer ones
#   # needs: MODULE,…     only Pythons that have these
# Which Pythons these are, tests/support/pythons.bash says.
set -uo pipefail
. "$(dirname "$0")/../support/pythons.bash"
program=$1
failed=0
expected() { sed -n "s/^# $1: //p" "$program"; }

complain() { problems+="$*"$'\n'; }

run_once() {
    local python=$1 got=0 out text want args=() problems=
    shift
    want=$(expected status)
    read -ra args <<<"$(expected args)"
    out=$(unset PYTHONUNBUFFERED
        "$GILSCOPE" "$@" --python "$python" "$program" -- "${args[@]}" 2>&1 </dev/null) || got=$?
    [[ $got == "${want:-0}" ]] || complain "exit status $got instead of ${want:-0}"
    while IFS= read -r text; do
        [[ -z $text ]] || grep -qF -- "$text" <<<"$out" || complain "nowhere: $text"
    done < <(expected says)
    while IFS= read -r text; do
        [[ -z $text ]] || grep -qE -- "$text" <<<"$out" || complain "nothing matches: $text"
    done < <(expected matches)
    while IFS= read -r text; do
        [[ -z $text ]] || ! grep -qF -- "$text" <<<"$out" || complain "should not be there: $text"
    done < <(expected never)
    [[ -z $problems ]] && return
    failed=1
    printf '%s\ngilscope %s --python %s\n%s\n' "$problems" "$*" "$python" "$out"
}

# run_alike PYTHON ARGUMENTS...: three runs. That one takes long on a busy machine is no difference.
run_alike() {
    local python=$1 first= out i args=()
    shift
    read -ra args <<<"$(expected args)"
    for i in 1 2 3; do
        out=$("$GILSCOPE" "$@" --python "$python" "$program" -- "${args[@]}" 2>&1 </dev/null |
            sed '/ s have passed and the run goes on;/d')
        [[ $i == 1 ]] && first=$out
        [[ $out == "$first" ]] && continue
        echo "gilscope $* --python $python: run $i differs from the first"
        diff <(echo "$first") <(echo "$out") | head -n 10
        failed=1
    done
}

before=$(expected before)
from=$(expected from)
any=
while read -r version python; do
    ((${version#*.} < ${before:-99} && ${version#*.} >= ${from:-0})) || continue
    any=yes
    while read -ra arguments; do
        run_once "$python" "${arguments[@]}"
    done < <(expected run)
    while read -ra arguments; do
        run_alike "$python" "${arguments[@]}"
    done < <(expected same)
done < <(pythons "$(expected needs)")
[[ $any ]] || { echo "none of the Pythons is found"; exit 77; }
exit $failed
