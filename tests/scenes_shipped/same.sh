# The same scene, profile, cores and seed on the virtual clock: the same trace, to the byte.
. "$(dirname "$0")/lib.sh"
for seed in 1 7; do
    run_good "$work/first" --clock virtual --seed $seed --print json
    for ((i = 2; i <= ${GS_REPEAT:-4}; i++)); do
        run_good "$work/again" --clock virtual --seed $seed --print json
        cmp "$work/first" "$work/again" >&2 || fail "run $i with seed $seed differs from the first"
    done
done
