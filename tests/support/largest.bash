# How much memory gilscope has at most. Sourced after cmd.bash, in $here.

# largest ARGS...: runs gilscope; $largest is the memory that it had at most, in MB.
largest() {
    tried="gilscope $*"
    largest=$(python3 - "$GILSCOPE" "$@" <<'PY'
import resource, subprocess, sys
with open("out", "w") as out, open("err", "w") as err:
    status = subprocess.run(sys.argv[1:], stdin=subprocess.DEVNULL, stdout=out, stderr=err).returncode
assert status == 0, status
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)
PY
    ) || fail "it does not end well"
}
