#!/usr/bin/env bash
# twins.sh PROGRAM [RUNS]: with each Python that is found, a program prints under gilscope what it
# prints without it, on both clocks, breaks no rule of the trace, and on the virtual clock several
# runs (default 3) are the same, to the byte, but for a program that says it has to do with what is
# "outside". A program of loop_twins writes down what its tasks do: the lanes tell the same.
set -uo pipefail
. "$(dirname "$0")/../support/pythons.bash"
program=$1 runs=${2:-3}
grep -q '^# outside:' "$program" && runs=1
recorded=0 failed=0
[[ $program == */loop_twins/* ]] && recorded=1
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

complain() {
    echo "$*"
    failed=1
}

# What a run printed, out of its JSON.
printed() {
    "$1" -c '
import json, sys
for line in sys.stdin:
    record = json.loads(line)
    if record["type"] == "output" and "stream" not in record:
        print(record["text"])'
}

# run_on CLOCK PYTHON TO
run_on() {
    "$GILSCOPE" run --clock "$1" --print json --verify --python "$2" "$program" -- "$scratch/record" \
        >"$3" 2>"$3.errors" </dev/null
}

# agree CLOCK PYTHON
agree() {
    "$2" "${program%/*}/support/agree.py" "$scratch/$1" "$scratch/record"
}

while read -r version python; do
    "$python" "$program" >"$scratch/plain" 2>/dev/null </dev/null || ((!recorded)) ||
        complain "$version without gilscope: $(grep ' instead of ' "$scratch/plain")"
    for clock in real virtual; do
        run_on $clock "$python" "$scratch/$clock"
        printed "$python" <"$scratch/$clock" >"$scratch/$clock.printed"
        cmp -s "$scratch/plain" "$scratch/$clock.printed" ||
            complain "$version, $clock clock: prints something else: $(diff "$scratch/plain" "$scratch/$clock.printed"; cat "$scratch/$clock.errors")"
        grep -q 'every invariant holds' "$scratch/$clock.errors" ||
            complain "$version, $clock clock: $(head -n 5 "$scratch/$clock.errors")"
        ((!recorded)) || said=$(agree $clock "$python" 2>&1) ||
            complain "$version, $clock clock: $(head -n 5 <<<"$said")"
    done
    for ((i = 1; i < runs; i++)); do
        run_on virtual "$python" "$scratch/again"
        cmp -s "$scratch/virtual" "$scratch/again" ||
            complain "$version: run $((i + 1)) differs: $(diff "$scratch/virtual" "$scratch/again" | head -n 6)"
    done
done < <(pythons)
exit $failed
