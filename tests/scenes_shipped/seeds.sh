# seeds.sh SCENE [FIRST LAST]: under each profile and with each of these seeds the scene ends as it
# should and breaks no rule, and a second run has the same bytes. The seed has a say: not all seeds
# give the same threads the GIL in the same order. With three seeds the suite looks at that; for
# the whole of a change of the scheduler's: seeds.sh SCENE 0 19 for each scene.
. "$(dirname "$0")/lib.sh" || exit 2
first=${2:-0} last=${3:-$((${GS_REPEAT:-3} - 1))}
# Where one order is all there is: each thread waits for the one before, or has a GIL of its own.
one_order="gil/subinterpreters sync/event sync/condition sync/deadlock"

# Who owned a GIL, or ran where there is none, one after the other.
owners() {
    local record='"gil","interpreter":[0-9]*,"owner":[0-9]*'
    if [[ $gil == off ]]; then record='"span","actor":[0-9]*,"state":"running"'; fi
    grep -o "^{\"type\":$record" "$1" | uniq | sha256sum
}

most=0
for gil in 3.12 3.9 2.7 off; do
    for ((seed = first; seed <= last; seed++)); do
        options=(--clock virtual --gil $gil --seed $seed --print json --verify)
        run_good "$work/first" "${options[@]}"
        run_good "$work/again" "${options[@]}"
        cmp "$work/first" "$work/again" >&2 || fail "two runs differ: ${options[*]}"
        owners "$work/first"
    done >"$work/orders"
    orders=$(sort -u "$work/orders" | wc -l)
    echo "$scene, $gil: $orders orders in $((last - first + 1)) seeds"
    most=$((orders > most ? orders : most))
done
if [[ ${GS_CLAIMS-} == no || $((last - first)) -lt 2 || " $one_order " == *" $scene "* ]]; then exit; fi
((most > 1)) || fail "each seed gives the same order of owners"
