# golden.sh SCENE: on the virtual clock the scene's runs are those whose hashes stand in the file
# traces, whatever the compiler, its flags and the machine. What changes what a run does, or how it
# is told, changes the table, and the commit shows where. golden.sh SCENE print: its lines.
. "$(dirname "$0")/lib.sh"
table=$(dirname "$0")/traces

traces() {
    local gil seed
    for gil in 3.12 3.9 2.7 off; do
        for seed in 0 7; do
            run_good "$work/out" --clock virtual --gil $gil --seed $seed --print json
            echo "$scene $gil $seed $(sha256sum <"$work/out" | cut -c 1-16)"
        done
    done
}

if [[ ${2-} == print ]]; then traces; exit; fi
# The hostile build hands over wherever it can, and another Lua counts other instructions.
if [[ ${GS_CLAIMS-} == no ]] || ! grep -q "Lua $GS_LUA_VERSION:" "$table"; then exit $skipped; fi

traces >"$work/traces" || exit 1
grep "^$scene " "$table" | diff - "$work/traces" >"$work/differ" && exit
{
    sed -n 's/^> \(.*\) \(.*\) \(.*\) .*/gilscope run \1 --clock virtual --gil \2 --seed \3 --print json/p' \
        "$work/differ"
    echo "prints other bytes than when the file traces was made. To see which, print them with a build of"
    echo "the last commit that passed, too. If it is meant so: ./dev golden makes the file anew."
} >&2
exit 1
