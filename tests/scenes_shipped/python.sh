# A Python scene on the virtual clock, with each Python that is found and two seeds: its claims hold, no
# rule is broken, its recording can be watched, and a second run has the same bytes.
. "$(dirname "$0")/lib.sh" || exit 2
. "$GS_SOURCE/tests/support/pythons.bash"
any=
while read -r version python; do
    ((${version#*.} >= 9)) || continue
    any=yes
    for seed in 0 7; do
        options=(--python "$python" --clock virtual --seed $seed --print json)
        run_good "$work/first" "${options[@]}" --verify --record "$work/run.gsr"
        grep -q 'every invariant holds' "$work/first.err" || fail "breaks a rule: run ${options[*]}" "$work/first.err"
        if grep -q '"type":"check".*"ok":false' "$work/first"; then
            fail "claims too much: run ${options[*]}" "$work/first.err"
        fi
        "$GILSCOPE" play "$work/run.gsr" >"$work/lanes" 2>&1 </dev/null
        grep -q '^total ' "$work/lanes" || fail "shows no lanes: run ${options[*]}, played" "$work/lanes"
        run_good "$work/again" "${options[@]}"
        cmp "$work/first" "$work/again" >&2 || fail "a second run differs: run ${options[*]}"
    done
done < <(pythons)
[[ $any ]] || exit $skipped
