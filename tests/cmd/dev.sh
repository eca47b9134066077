#!/usr/bin/env bash
# ./dev installs what is missing and only that. The system's tools are played by scripts, so
# nothing is installed here.
. "$GS_SOURCE/tests/support/cmd.bash"

mkdir "$here/bin"
export CALLS="$here/calls" LACKS="$here/lacks" BROKEN="$here/broken"
tool() { printf '#!/bin/bash\n%s\n' "$2" >"$here/bin/$1" && chmod +x "$here/bin/$1"; }
tool dpkg-query 'grep -qx "${!#}" "$LACKS" && exit 1; echo -n installed'
tool apt-get 'echo "apt-get $*" >>"$CALLS"
case " $* " in
*" update "*) rm -f "$BROKEN" ;;
*) [[ ! -e $BROKEN ]] && : >"$LACKS" ;;
esac'
tool clang-format 'exit 0'
tool id 'echo "${PLAYED_UID:-0}"'
tool sudo 'echo "sudo" >>"$CALLS"; exec "$@"'

dev() {
    local want=$1 got=0
    shift
    tried="dev $*" && : >"$CALLS"
    PATH="$here/bin:$PATH" "$GS_SOURCE/dev" "$@" >"$here/out" 2>"$here/err" </dev/null || got=$?
    [[ $got == "$want" ]] || fail "exit status $got instead of $want"
}
called() { grep -qF -- "$1" "$CALLS" || fail "'$1' was not called, but: $(tr '\n' ';' <"$CALLS")"; }

: >"$LACKS"
dev 0 format --check
[[ ! -s $CALLS ]] || fail "apt-get was called with nothing missing"

echo clang-format >"$LACKS"
dev 0 format --check
called "apt-get -q -y install --no-install-recommends clang-format"
[[ $(wc -l <"$CALLS") == 1 ]] || fail "more than one call"
err_has "installing clang-format"

echo libev-dev >"$LACKS" && : >"$BROKEN"
dev 0 format --check
called "apt-get -q -y update"
[[ $(grep -c 'install .*libev-dev' "$CALLS") == 2 ]] || fail "not tried again after the update"

echo libev-dev >"$LACKS"
PLAYED_UID=1000 dev 0 format --check
called "sudo"

echo libev-dev >"$LACKS"
mkdir "$here/no-sudo"
for name in bash dirname env cat git sed xargs grep; do
    ln -s "$(command -v $name)" "$here/no-sudo/$name"
done
rm "$here/bin/sudo"
tried="dev without root or sudo" && : >"$CALLS"
if PLAYED_UID=1000 PATH="$here/bin:$here/no-sudo" "$GS_SOURCE/dev" format --check >"$here/out" 2>"$here/err"; then
    fail "it succeeds"
fi
err_has "apt-get install libev-dev"
[[ ! -s $CALLS ]] || fail "apt-get was called"

rm "$here/bin/dpkg-query" "$here/bin/apt-get"
tried="dev on another system"
if PATH="$here/bin:$here/no-sudo" "$GS_SOURCE/dev" format --check >"$here/out" 2>"$here/err"; then
    fail "it succeeds"
fi
err_has "cmake"

dev 2 frobnicate
err_has "unknown verb 'frobnicate'"
dev 0 help
for verb in run test bench sanitize format lint; do out_has "  $verb"; done

finish
