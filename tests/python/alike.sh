#!/usr/bin/env bash
# alike.sh PYTHON RUNS PROGRAM...: each program so many times on the virtual clock: the same bytes of
# --print json, and no rule of the trace broken. A line a program, and at the end how many were not
# alike; what differs is shown.
set -uo pipefail
python=$1 runs=$2
shift 2
[[ $runs =~ ^[1-9][0-9]*$ ]] || { echo "alike: '$runs' is no number of runs" >&2; exit 2; }
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
failed=0

# That a run takes long on a busy machine is no difference.
once() {
    local args=()
    read -ra args <<<"$(sed -n 's/^# args: //p' "$1")"
    "$GILSCOPE" run --clock virtual --print json --verify --python "$python" "$1" -- "${args[@]}" \
        2>"$2.errors" </dev/null | sed '/ s have passed and the run goes on;/d' >"$2"
    grep -q 'every invariant holds' "$2.errors"
}

for program; do
    differ=0 broken=0 began=$SECONDS
    for ((i = 1; i <= runs; i++)); do
        once "$program" "$scratch/again" || { broken=$((broken + 1)); head -n 5 "$scratch/again.errors"; }
        [[ $i != 1 ]] || mv "$scratch/again" "$scratch/first"
        [[ $i == 1 ]] || cmp -s "$scratch/first" "$scratch/again" && continue
        differ=$((differ + 1))
        echo "$program: run $i differs from the first:"
        diff "$scratch/first" "$scratch/again" | head -n 6 | cut -c1-300
    done
    printf '%-55s %4d runs, %d differ, %d break a rule, %d s\n' "$program" "$runs" $differ $broken \
        $((SECONDS - began))
    ((differ + broken == 0)) || failed=$((failed + 1))
done
echo "$# programs with $python: $failed not alike"
((failed == 0))
