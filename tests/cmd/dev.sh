#!/usr/bin/env bash
# ./dev installs what is missing and only that. The system and its tools are played by scripts, so
# nothing is installed or built here: on PATH there is nothing but them and a few plain commands.
. "${GS_SOURCE:?}/tests/support/cmd.bash" || exit

mkdir "$here/bin" "$here/away"
for name in bash cat dirname env find git grep mktemp mv nproc rm sed xargs; do
    ln -s "$(command -v $name)" "$here/bin/$name"
done
# A line of LACKS is a header or a library that is not there; lists that are old name packages that
# are gone; without lists, apt knows no package.
export CALLS="$here/calls" LACKS="$here/lacks" BIN="$here/bin" AWAY="$here/away" LISTS="$here/lists"
tool() { printf '#!/bin/bash\n%s\n' "$2" >"$here/bin/$1" && chmod +x "$here/bin/$1"; }
tool cc 'read -r _ header; ! grep -qxF "$header" "$LACKS"'
tool pkg-config '! grep -qxF "${!#}.pc" "$LACKS"'
tool apt-get 'case " $* " in
*" --simulate "*) [[ -s $LISTS ]]; exit ;;
esac
echo "apt-get $*" >>"$CALLS"
case " $* " in
*" update "*) echo new >"$LISTS" ;;
*) [[ $(<"$LISTS") == new ]] && : >"$LACKS" && find "$AWAY" -type f -exec mv {} "$BIN" ";" ;;
esac'
for name in cmake ninja ctest clang-format cppcheck tmux pgrep protoc python3 asciinema rsvg-convert; do tool $name 'exit 0'; done
tool id 'echo "${PLAYED_UID:-0}"'
tool sudo 'echo "sudo" >>"$CALLS"; exec "$@"'

lists() { echo "$1" >"$LISTS"; }
lack() {
    local what
    : >"$LACKS"
    for what in "$@"; do
        if [[ -e $here/bin/$what ]]; then
            mv "$here/bin/$what" "$here/away"
        else
            echo "$what" >>"$LACKS"
        fi
    done
}

dev() {
    local want=$1 got=0
    shift
    tried="dev $*" && : >"$CALLS"
    PATH=$here/bin "$BASH" "$GS_SOURCE/dev" "$@" >"$here/out" 2>"$here/err" </dev/null || got=$?
    [[ $got == "$want" ]] || fail "exit status $got instead of $want"
}
called() { grep -qE -- "$1" "$CALLS" || fail "'$1' was not called, but: $(tr '\n' ';' <"$CALLS")"; }
calls() { [[ $(wc -l <"$CALLS") == "$1" ]] || fail "not $1 calls, but: $(tr '\n' ';' <"$CALLS")"; }

lists new
lack
dev 0 test
calls 0

# A header, a library, commands: one call for all of them.
lack "<ev.h>" cmocka.pc tmux
dev 0 test
called "^apt-get .*install --no-install-recommends .* libev-dev libcmocka-dev tmux$"
calls 1
err_has "installing libev-dev libcmocka-dev tmux"

# Only what the verb needs; a Lua by another name is one.
lack "<ev.h>" lua5.4.pc clang-format
dev 0 format --check
called "=300 clang-format$"
calls 1
lack lua5.4.pc
dev 0 test
calls 0
lack lua5.4.pc lua.pc
dev 0 test
called "=300 liblua5.4-dev$"

for state in "" old; do
    lack "<ev.h>" && lists "$state"
    [[ $state ]] || : >"$LISTS"
    dev 0 test
    called "^apt-get .*update$"
    [[ $(tail -n 1 "$CALLS") == *"install "*" libev-dev" ]] || fail "not tried again after the update"
    [[ $state ]] || calls 2
done

lack "<ev.h>"
PLAYED_UID=1000 dev 0 test
called "^sudo$"

rm "$here/bin/sudo"
lack "<ev.h>" tmux
PLAYED_UID=1000 dev 2 test
err_has "As root: apt-get update && apt-get install libev-dev tmux"
calls 0

rm "$here/bin/apt-get"
dev 2 test
err_has "missing, by Debian's names: libev-dev tmux"

dev 2 frobnicate
err_has "unknown verb 'frobnicate'"
dev 0 help
for verb in run test bench sanitize fuzz golden faults format lint; do out_has "  $verb"; done

finish
