#!/usr/bin/env bash
# A run that is longer than memory is large says the same, live and recorded, and gilscope keeps to
# what it may have.
. "${GS_SOURCE:?}/tests/support/cmd.bash" || exit
. "${GS_SOURCE:?}/tests/support/largest.bash" || exit
cat >"$here/busy.lua" <<'LUA'
scene { title = "Busy" }
local lock, all = threading.Lock(), {}
local function work() for _ = 1, 200000 do lock:acquire() lock:release() end end
for i = 1, 3 do all[i] = threading.Thread { target = work } all[i]:start() end
for i = 1, 3 do all[i]:join() end
check(true, "it ends")
LUA
cd "$here" || exit

# What looks for mistakes has memory of its own.
keeps_to() { [[ ${GS_POOLED-} == no ]] || ((largest <= $1)) || fail "it had $largest MB"; }
had() { [[ ${GS_POOLED-} == no ]] || ((largest > $1)) || fail "it had only $largest MB"; }

# Live, and from a recording: the old parts are read back.
run=(run busy.lua --interval 0.01 --print lanes --stats --verify)
try 0 "${run[@]}" --memory 1G --record busy.gsr
mv out live
largest "${run[@]}" --memory 16M
keeps_to 56
cmp out live || fail "a run in little memory says something else"

for words in "play --print lanes --stats --verify" "export --to json --from 1ms --until 2ms"; do
    read -ra words <<<"$words"
    largest "${words[@]}" busy.gsr --memory 1G
    mv out whole
    had 64
    largest "${words[@]}" busy.gsr --memory 32M
    keeps_to 56
    cmp out whole || fail "a recording in little memory says something else"
done
# What goes through the whole run, event by event, is no larger for it.
for format in json text gecko html; do
    largest export busy.gsr --to "$format" -o whole --memory 1G
    had 64
    largest export busy.gsr --to "$format" --memory 32M
    keeps_to 56
    cmp out whole || fail "in little memory $format is something else"
done
try 0 play busy.gsr --print lanes --stats --verify
cmp out live || fail "the recording says something else than the run"

# Where the disk is full the oldest goes, and that is told wherever the run is.
full() {
    tried="gilscope $* on a full disk"
    (ulimit -f 1024 && exec "$GILSCOPE" "$@" --memory 32M 2>err </dev/null) | cat >out
    [[ ${PIPESTATUS[0]} == 0 ]] || fail "it does not end well"
}
full play busy.gsr --print lanes --stats --verify
out_has "the run is whole from"
out_has "neither in memory nor on a disk"
out_has "? unknown"
out_has "✓ every invariant holds"
grep -q '^  GIL  *?' out || fail "the GIL was free before"
grep -q '^  Thread-1.*?' out || fail "a thread did nothing before"
grep -q ' lost, whole from [0-9.]* ms on$' out || fail "the statistics do not tell since when"
full export busy.gsr --to json --until 1ms
out_has '"state":"unknown"'
full export busy.gsr --to json --from 340ms
out_lacks '"state":"unknown"'
mv out rest
try 0 export busy.gsr --to json --from 340ms
cmp out rest || fail "what is left is not what it was"
full export busy.gsr --to text
out_has "From here on the run is whole"
full stats busy.gsr --json
out_has '"whole_from":'

for wrong in 1M 64Q -5 99999999999G 64MB M; do
    try 2 play busy.gsr --memory "$wrong"
    err_has "--memory is a size such as 512M or 2G, 16M at least, not '$wrong'"
done
finish
