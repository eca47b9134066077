#!/usr/bin/env bash
# gilscope.hosts in a program that runs without us: the server ends with it, however that ends.
. "${GS_SOURCE:?}/tests/support/cmd.bash" || exit

export PYTHONPATH=$GS_SOURCE/src/python/bootstrap
cat >"$here/fetch.py" <<'PY'
import os, signal, sys, time, urllib.request
import gilscope

print(gilscope.hosts("python.org", latency=0), flush=True)
urllib.request.urlopen("http://python.org/").read()
if os.fork() == 0:
    sys.exit()  # the server is not its own
os.wait()
urllib.request.urlopen("http://python.org/").read()
if sys.argv[1] == "kill":
    os.kill(os.getpid(), signal.SIGKILL)
if sys.argv[1] == "interrupt":
    try:
        os.killpg(0, signal.SIGINT)
        time.sleep(10)
    except KeyboardInterrupt:
        urllib.request.urlopen("http://python.org/").read()
        sys.exit(130)
if sys.argv[1] == "leave":
    os._exit(3)
sys.exit(4)
PY

# ends STATUS HOW: a moment after the program has ended so, its server is gone.
ends() {
    local want=$1 got=0 i
    tried="fetch.py $2" && : >"$here/err"
    http_proxy=http://127.0.0.1:9 setsid --wait python3 "$here/fetch.py" "$2" >"$here/out" 2>"$here/err" || got=$?
    [[ $got == "$want" ]] || fail "exit status $got instead of $want"
    for i in {1..100}; do
        readlink "/proc/$(<"$here/out")/exe" >/dev/null || return  # who waits to be buried has none
        sleep 0.05
    done
    fail "its server is still there"
}

ends 4 exit
err_empty
ends 3 leave
err_empty
ends 137 kill
ends 130 interrupt
err_empty
finish
