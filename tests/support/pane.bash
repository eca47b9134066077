# A terminal for the whole-program tests: a shell in a tmux of its own. Sourced after cmd.bash and
# left.bash.
socket=$here/tmux
pane() { tmux -S "$socket" "$@"; }
trap 'pane kill-server 2>/dev/null; rm -rf "$here"' EXIT

open_pane() {
    pane -f /dev/null new-session -d -x "${1:-80}" -y "${2:-24}" \
        "env PS1='\$ ' TERM=screen-256color LC_ALL=C.UTF-8 bash --norc --noprofile -i"
    await shows '$' || fail "no shell in tmux"
}

keys() { pane send-keys -t 0 "$@"; }
screen_text() { pane capture-pane -p -t 0; }
shows() { screen_text | grep -qF -- "$1"; }
flag() { pane display-message -p -t 0 "#{$1}"; }

sees() { await shows "$1" || { screen_text >"$here/out"; : >"$here/err"; fail "the screen lacks '$1'"; }; }

# The shell's settings of the terminal go to a file, before and after.
settings() {
    rm -f "$here/$1"
    keys "stty -a >$here/new && mv $here/new $here/$1" Enter
    await test -e "$here/$1"
}

# on ARGS...: gilscope in the shell; $guard and $screen are its processes.
on() {
    tried="gilscope $* (on a terminal)"
    keys "clear; $GILSCOPE $*; echo status=\$?" Enter
    await is_up || { screen_text >"$here/out"; : >"$here/err"; fail "no screen appears"; }
    guard=$(guard_of)
    screen=$(pgrep -P "$guard")
}
guard_of() { pgrep -P "$(flag pane_pid)" -x gilscope; }
is_up() { [[ $(flag alternate_on) == 1 ]] && guard_of; }
says_status() { screen_text | grep -qxE "status=$1 *"; }
left_screen() { [[ $(flag alternate_on) == 0 ]]; }

# The terminal is as the shell had it, and no process of the run is there.
restored() {
    await left_screen || fail "the alternate screen is still on"
    await says_status "$1" || { screen_text >"$here/out"; fail "no status=$1"; }
    [[ $(flag cursor_flag) == 1 ]] || fail "the cursor is hidden"
    [[ $(flag mouse_any_flag) == 0 ]] || fail "the mouse is still taken"
    settings after
    diff "$here/before" "$here/after" >&2 || fail "the terminal's settings differ"
    await gone "$guard" && await gone "$screen" || fail "a process is left"
    [[ -z ${stage-} ]] || await gone "$stage" || fail "the stage is left"
}
