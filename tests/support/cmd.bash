# What the whole-program tests share: run gilscope, look at its status, output and messages.
set -uo pipefail
export MALLOC_PERTURB_=85 # what is freed is overwritten: whoever goes on using it falls over
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
failed=0

# try STATUS ARGS...: runs gilscope without a terminal; leaves $here/out and $here/err.
try() {
    local want=$1 got=0
    shift
    tried="gilscope $*"
    "$GILSCOPE" "$@" >"$here/out" 2>"$here/err" </dev/null || got=$?
    [[ $got == "$want" ]] || fail "exit status $got instead of $want"
}

fail() {
    printf 'FAILED: %s\n  %s\n' "${tried-}" "$*"
    sed 's/^/  out| /' "$here/out" | head -30
    sed 's/^/  err| /' "$here/err" | head -30
    failed=1
}

out_has() { grep -qF -- "$1" "$here/out" || fail "stdout lacks '$1'"; }
err_has() { grep -qF -- "$1" "$here/err" || fail "stderr lacks '$1'"; }
out_lacks() { ! grep -qF -- "$1" "$here/out" || fail "stdout has '$1'"; }
err_lacks() { ! grep -qF -- "$1" "$here/err" || fail "stderr has '$1'"; }
out_empty() { [[ ! -s $here/out ]] || fail "stdout is not empty"; }
err_empty() { [[ ! -s $here/err ]] || fail "stderr is not empty"; }

finish() { exit $failed; }
