# What a run leaves behind: nothing. Sourced after cmd.bash.

# start ARGS...: gilscope in the background; $program is its process.
start() {
    tried="gilscope $*"
    "$GILSCOPE" "$@" >"$here/out" 2>"$here/err" </dev/null &
    program=$!
}

# The stage of a gilscope process.
stage_of() { pgrep -f -- "--stage [0-9]+ $1\$"; }

await() {
    for _ in $(seq 200); do
        "$@" >/dev/null 2>&1 && return 0
        sleep 0.05
    done
    return 1
}

# One that nobody has asked for its status has ended all the same.
gone() { ! kill -0 "$1" 2>/dev/null || grep -qs '^State:[[:space:]]Z' "/proc/$1/status"; }

started() { await stage_of "$program" || fail "no stage was started"; stage=$(stage_of "$program"); }

# ended STATUS: the program has this exit status and its stage is gone.
ended() {
    local got=0
    { wait "$program" || got=$?; } 2>/dev/null
    [[ $got == "$1" ]] || fail "exit status $got instead of $1"
    await gone "$stage" || fail "the stage is still there"
}
