# A Python scene on the virtual clock, with each Python that is found and two seeds: its claims hold, a
# second run has the same bytes, and no rule is broken.
. "$(dirname "$0")/lib.sh" || exit 2
. "$GS_SOURCE/tests/support/pythons.bash"
any=
while read -r version python; do
    ((${version#*.} >= 9)) || continue
    any=yes
    for seed in 0 7; do
        options=(--python "$python" --clock virtual --seed $seed)
        run_good "$work/lanes" "${options[@]}" --verify
        grep -q 'every invariant holds' "$work/lanes" || fail "breaks a rule: run ${options[*]}" "$work/lanes"
        if grep -q '^✗' "$work/lanes"; then fail "claims too much: run ${options[*]}" "$work/lanes"; fi
        run_good "$work/first" "${options[@]}" --print json
        run_good "$work/again" "${options[@]}" --print json
        cmp "$work/first" "$work/again" >&2 || fail "a second run differs: run ${options[*]}"
    done
done < <(pythons)
[[ $any ]] || exit $skipped
