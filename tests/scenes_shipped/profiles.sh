# The scene's claims hold, or say what changes, under each profile, and with fewer and more cores
# than it asks for.
. "$(dirname "$0")/lib.sh"
for gil in 3.12 3.9 2.7 off; do
    run_good "$work/out" --clock virtual --gil $gil --cores 2 --print text
done
for cores in 1 8; do
    run_good "$work/out" --clock virtual --cores $cores --print text
done
