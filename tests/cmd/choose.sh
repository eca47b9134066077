#!/usr/bin/env bash
# choose/which-model over a grid of workloads on four cores: what it measures as the best is what
# the documents name for such a one, by themselves and by the tree.
. "${GS_SOURCE:?}/tests/support/cmd.bash" || exit
# A sanitizer gives each thread a memory of its own, and the hostile build breaks claims on purpose.
[[ ${GS_POOLED-yes} == yes && ${GS_CLAIMS-} == yes ]] || exit 0

# best MODEL WORKLOAD…
best() {
    local model=$1
    shift
    try 0 run choose/which-model --clock virtual --cores 4 --print text -- "$@"
    out_has "Check holds: the best is $model, the tree names $model"
}

# I/O-bound, dozens or less: threading. It stays so whatever they have in common.
for units in 4 24; do
    for wait in 0.05 0.5; do
        best threads --units $units --wait $wait --compute 0
        best threads --units $units --wait $wait --compute 0.0001 --data 20000
    done
done
# I/O-bound, hundreds or thousands: async; the tree has many from a hundred on.
best tasks --units 120 --wait 0.05 --compute 0.00001
best tasks --units 120 --wait 0.5 --compute 0
best tasks --units 250 --wait 0.2 --compute 0.00001
# CPU-bound: multiprocessing, be they few or many; and where there are waits as well.
best processes --units 8 --wait 0 --compute 0.01
best processes --units 8 --wait 0.02 --compute 0.01
best processes --units 60 --wait 0 --compute 0.003
best processes --units 60 --wait 0.001 --compute 0.003
best processes --units 60 --wait 0.02 --compute 0.003
# Moving data between processes is expensive.
best processes --units 16 --wait 0 --compute 0.005 --data 10000
best 'one after the other' --units 16 --wait 0 --compute 0.002 --data 4000000
# Tiny tasks, be they thousands; a few files: synchronous code. The more there are the worse do the
# others, and watching a process each takes time as the square of how many there are.
best 'one after the other' --units 150 --wait 0 --compute 0.00001
best 'one after the other' --units 4 --wait 0 --compute 0.002
best 'one after the other' --units 3 --wait 0.002 --compute 0
best 'one after the other' --units 1 --wait 0.3 --compute 0.1
# No core is there to compute on meanwhile.
try 0 run choose/which-model --cores 1 --print none -- --units 6 --wait 0 --compute 0.01

try 2 run choose/which-model --print none -- --units 0
err_has 'a workload has a unit and a byte at least'
finish
