#!/usr/bin/env bash
# What other runs have in the machine, at the same time or left by one that was killed, does not show
# on the virtual clock, and a run that is killed leaves nothing.
. "${GS_SOURCE:?}/tests/support/cmd.bash" || exit
. "${GS_SOURCE:?}/tests/support/pythons.bash" || exit
export TMPDIR=$here/tmp
mkdir "$TMPDIR"

# A folder of multiprocessing's with a socket in it, of which its server knows the name.
cat >"$here/program.py" <<'PY'
import multiprocessing
import os
import sys
from multiprocessing import connection, util

if __name__ == "__main__":
    sys.addaudithook(lambda event, args: event == "open" and args[2] & os.O_EXCL
                     and print("tries", args[0]))
    context = multiprocessing.get_context("forkserver")
    process = context.Process(target=print, args=("started",))
    process.start()
    process.join()
    folder = util.get_temp_dir()
    with connection.Listener(family="AF_UNIX") as listener:
        client = connection.Client(listener.address)
        print(folder, listener.address, os.listdir(folder), client._handle)
    if os.path.exists(sys.argv[1]):
        os.kill(os.getpid(), 9)
PY

run() {
    "$GILSCOPE" run --clock virtual --print json --python "$1" "$here/program.py" -- "$here/die" \
        >"$here/$2" 2>"$here/err" </dev/null
}

nothing_stays() { [[ -z $(ls -A "$TMPDIR") ]] || fail "$1: stays: $(ls -A "$TMPDIR")"; }

while read -r version python; do
    tried="Python $version"
    run "$python" out || fail "exit status $?"
    nothing_stays "a run"
    mv "$here/out" "$here/alone"
    tried=$(grep -o "tries $TMPDIR/[a-z0-9_]*" "$here/alone" | head -n 1)
    drawn=$(grep -o "$TMPDIR/pymp-[a-z0-9_]*" "$here/alone" | head -n 1)
    [[ $tried && $drawn ]] || fail "draws no names"

    mkdir "$drawn"
    touch "${tried#tries }" "$drawn/listener"
    run "$python" out || fail "exit status $?"
    cmp "$here/alone" "$here/out" || fail "sees what another run has left"
    rm -r "$drawn" "${tried#tries }"

    run "$python" one &
    run "$python" other
    wait
    for out in one other; do
        cmp "$here/alone" "$here/$out" || fail "sees a run beside it"
    done

    touch "$here/die"
    run "$python" out
    rm "$here/die"
    nothing_stays "one that was killed"
done < <(pythons)
finish
