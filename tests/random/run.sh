#!/usr/bin/env bash
# run.sh FIRST LAST: programs made from these numbers, under every profile, on both clocks. Each has
# to end and to break no rule; on the virtual clock a second run must print the same bytes. What
# fails is printed as the command that shows it.
set -uo pipefail
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0

run() {
    timeout 60 "$GILSCOPE" run "$here/program.lua" "${options[@]}" "$@" -- "$number" >"$work/out" 2>&1
}

broken() {
    echo "gilscope run tests/random/program.lua ${options[*]} $1 -- $number: $2"
    head -n 20 "$work/out"
    failed=1
}

for ((number = $1; number <= $2; number++)); do
    for gil in 3.12 3.9 2.7 off; do
        options=(--gil $gil --clock virtual --seed $number)
        run --print json --verify || broken "--print json --verify" "ended with $?"
        mv "$work/out" "$work/first"
        run --print json --verify
        cmp -s "$work/first" "$work/out" || broken "--print json" "two runs differ"
        # Without a GIL the real clock's threads share nothing: such programs cannot be carried.
        [[ $gil == off ]] && continue
        options=(--gil $gil --clock real --seed $number)
        run --print none --verify || broken "--print none --verify" "ended with $?"
    done
done
exit $failed
