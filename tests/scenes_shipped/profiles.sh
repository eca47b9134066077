# The scene's claims are about threads, not about one profile: they hold, or say what changes,
# under each of them, and with fewer and more cores than it asks for.
. "$(dirname "$0")/lib.sh"
for gil in 3.12 3.9 2.7 off; do
    for cores in 1 2 8; do
        run_good "$work/out" --clock virtual --gil $gil --cores $cores --print text
    done
done
