#!/usr/bin/env bash
# Which Python runs a program, and any command that starts one. What comes out of programs is
# tests/python.
. "${GS_SOURCE:?}/tests/support/cmd.bash" || exit

python=$(command -v python3) || { echo "no python3"; exit 77; }
python=$("$python" -c 'import sys; print(sys.executable)')
unset GILSCOPE_PYTHON VIRTUAL_ENV
cat >"$here/x.py" <<'TEXT'
"""A title

A summary.
"""
import sys
print("argv", sys.argv[1:], sys.executable)
TEXT

try 0 run "$here/x.py" --verify -- one "two words"
out_has "A title"
out_has "argv ['one', 'two words']"
out_has "every invariant holds"
err_empty

# A path that begins where we are is that of the same file.
cd "$here"
try 0 run --print json ./x.py
cd - >/dev/null
out_has '"text":"argv [] '
out_has '"line":6'

# A run that breaks an invariant has not gone well.
cat >"$here/label.py" <<'TEXT'
import threading, gilscope
def work():
    gilscope.label("never ended").__enter__()
thread = threading.Thread(target=work)
thread.start()
thread.join()
TEXT
try 1 run "$here/label.py" --verify
out_has "inside the label 'never ended'"
try 0 run "$here/label.py"

# The one that is named, the variable's, the active environment's.
try 0 run --python "$python" "$here/x.py"
out_has "$python"
mkdir -p "$here/venv/bin"
ln -s "$python" "$here/venv/bin/python3"
ln -s "$python" "$here/another"
export VIRTUAL_ENV=$here/venv
try 0 run "$here/x.py"
out_has "$here/venv/bin/python3"
export GILSCOPE_PYTHON=$here/another
try 0 run "$here/x.py"
out_has "$here/another"
unset VIRTUAL_ENV GILSCOPE_PYTHON

# A script that chooses a version; one that comes to nothing; no program at all.
printf '#!/bin/sh\nexec %s "$@"\n' "$python" >"$here/shim"
printf '#!/bin/sh\nexit 1\n' >"$here/broken"
printf '#!/bin/sh\nexec %s "$@"\n' "$here/shim" >"$here/chained"
printf '#!/bin/sh\nexec "$0" "$@"\n' >"$here/itself"
chmod +x "$here/shim" "$here/broken" "$here/chained" "$here/itself"
try 0 run --python "$here/shim" "$here/x.py" --verify
out_has "every invariant holds"
try 0 run --python "$here/chained" "$here/x.py"
out_has "$python"
# The program sees what it would if the script had run it: a variable that is set, one that is
# changed, one that is gone, one of several lines; whatever the script says on its way.
cat >"$here/sets" <<TEXT
#!/bin/sh
echo choosing a version
export PYENV_VERSION=3.x PYTHONPATH="$here/modules:\$PYTHONPATH" PATH="$here:\$PATH" LINES_OF='one
two'
unset GONE
exec $python "\$@"
TEXT
chmod +x "$here/sets"
cat >"$here/sees.py" <<'TEXT'
import os, sys
for name in sorted(set(os.environ) - {"_", "SHLVL"}):
    print(name, repr(os.environ[name]))
print(sys.path, sys.executable)
TEXT
export GONE=here KEPT=here
"$here/sets" "$here/sees.py" | sed 1d >"$here/plain"
for words in "--print text" "--clock virtual --print text"; do
    try 0 run --python "$here/sets" $words "$here/sees.py"
    sed -n 's/^[^:]*: MainThread prints: //p' "$here/out" | diff "$here/plain" - >&2 ||
        fail "the program sees other variables than without us"
done
# … and the options that the script gives the interpreter, the program's and a module's.
printf '#!/bin/sh\nexec %s -X dev -X "of two=words" -u "$@"\n' "$python" >"$here/options"
printf '#!/bin/sh\nexec %s -W error -X %04000d "$@"\n' "$python" 0 >"$here/wordy"
chmod +x "$here/options" "$here/wordy"
cat >"$here/flags.py" <<'TEXT'
import sys
print(sys.flags.dev_mode, sys._xoptions["of two"], sys.argv[1:])
TEXT
for words in "--print text" "--clock virtual --print text"; do
    try 0 run --python "$here/options" $words "$here/flags.py" -- -X arg
    out_has "prints: True words ['-X', 'arg']"
done
cd "$here"
try 0 run --python "$here/options" --print text -m flags
cd - >/dev/null
out_has "prints: True words []"
try 2 run --python "$here/wordy" "$here/x.py"
err_has "longer than 1024 bytes"
GILSCOPE_PYTHON=$here/sets try 0 run --print text "$here/sees.py"
out_has "PYENV_VERSION '3.x'"
try 0 run --python "$python" --print text "$here/sees.py"
out_lacks "PYENV_VERSION"
unset GONE KEPT
for script in broken itself; do
    try 2 run --python "$here/$script" "$here/x.py"
    err_has "$script is a script that does not come to a Python"
done
try 2 run --python nowhere-to-be-found "$here/x.py"
err_has "there is no Python called 'nowhere-to-be-found'"
try 2 run --python "$here/x.py" "$here/x.py"
err_has "$here/x.py is there, but may not be executed: name a Python with --python or"
try 0 run --python /bin/true "$here/x.py"
err_has "is no Python from 3.9 on"

# One that is too old says so before it runs anything.
cat >"$here/old.c" <<'TEXT'
const char *Py_GetVersion(void) { return "3.8.1 (default)"; }
int main(void) { return 0; }
TEXT
if cc -rdynamic -o "$here/old" "$here/old.c" 2>/dev/null; then
    try 2 run --python "$here/old" "$here/x.py"
    err_has "$here/old is Python 3.8.1; programs are watched from 3.9 on"
    try 0 trace -- "$here/old"
    err_has "no Python from 3.9 on has run a program"
fi

# One that nobody can look into: it lacks what is looked for, or keeps all of it to itself.
cat >"$here/part.c" <<'TEXT'
const char *Py_GetVersion(void) { return "3.11.7 (main)"; }
int main(void) { return 0; }
TEXT
cat >"$here/closed.c" <<'TEXT'
#include <stdio.h>
int main(int argc, char **argv)
{
    if (argc == 0)
        puts("Fatal Python error: no arguments");
    printf("Python 3.11.7 ran %s\n", argv[1]);
    for (;;)
        ;
}
TEXT
if cc -rdynamic -o "$here/part" "$here/part.c" 2>/dev/null &&
    cc -fvisibility=hidden -o "$here/closed" "$here/closed.c"; then
    for clock in real virtual; do
        try 2 run --clock $clock --python "$here/part" "$here/x.py"
        err_has "$here/part is Python 3.11.7, but without PySys_AddAuditHook, which watching it needs"
        try 2 run --clock $clock --python "$here/closed" "$here/x.py"
        err_has "$here/closed is a Python whose functions cannot be found from outside"
        err_has "name another one with --python"
    done
fi

# Standard input is a program's that is given a file or a pipe.
printf 'print("got", input(), input())\n' >"$here/reads.py"
for clock in real virtual; do
    printf 'one\ntwo\n' >"$here/in"
    "$GILSCOPE" run --clock $clock --print text "$here/reads.py" <"$here/in" >"$here/out" 2>"$here/err"
    out_has "prints: got one two"
    (echo one; sleep 0.3; echo two) |
        "$GILSCOPE" run --clock $clock --print text "$here/reads.py" >"$here/out" 2>"$here/err"
    out_has "prints: got one two"
    err_empty
done

# What only Lua has, and what only Python has.
try 2 run --gil 2.7 "$here/x.py"
err_has "--gil is for Lua scenes"
try 0 run --clock virtual "$here/x.py" --verify
out_has "virtual clock"
out_has "every invariant holds"
try 2 run --python "$python" gil/free-threaded
err_has "is a Lua scene"
try 2 run "$here/none.py"
err_has "No such file"
printf '"""T\n\ncores: many\n"""\n' >"$here/knob.py"
try 2 run "$here/knob.py"
err_has "knob.py: the docstring's cores is a whole number"

# Claims are checked on the clock that there is.
printf 'import gilscope\ngilscope.check(1 + 1 == 2, "it adds up")\n' >"$here/good.py"
printf 'import gilscope\ngilscope.check(1 == 2, "it is so")\n' >"$here/bad.py"
try 0 check "$here/good.py"
out_has "holds it adds up"
try 1 check "$here/bad.py"
out_has "FAILS it is so (line 2)"

# However the program's file is called, its lines are its own.
printf 'import time\ntime.sleep(0.3)\n' >"$here/nap.py"
cd "$here"
ln -s nap.py link.py
for name in nap.py ./nap.py "../${here##*/}/nap.py" link.py; do
    try 0 run "$name" --print text
    out_has "MainThread sleeps (line 2)"
done
cd "$OLDPWD"
# A module's lines say which file they are in, and so do those of a command's program.
PYTHONPATH=$here try 0 run -m nap --print text
out_has "MainThread sleeps (nap.py:2)"
try 0 trace --print text -- python3 "$here/nap.py"
out_has "MainThread sleeps (nap.py:2)"

# What is run is the user's, also where it is a module of the library's; so is what has no file.
# On the real clock of a busy machine a short sleep is too small a part of the run to be told.
try 0 run -m timeit --clock virtual --print text -- -n 1 -r 1 'import time; time.sleep(0.01)'
out_has "MainThread sleeps (timeit.py:"
try 0 trace --print text -- python3 -c 'import threading; threading.Event().wait(0.5)'
out_has "(<string>:1, in Event.wait)"

# The header says which guest it is; what the options leave open, the docstring says.
version=$("$python" -c 'import platform; print(platform.python_version())')
printf '"""T\n\nclock: virtual\ncores: 3\ninterval: 2\n"""\nimport sys\nprint(sys.getswitchinterval())\n' >"$here/knobs.py"
LC_ALL=C.UTF-8 try 0 run --python "$python" "$here/knobs.py"
out_has "virtual clock · python $version · switch interval 2.0 ms · 3 cores"
out_has ": 0.002"
LC_ALL=C.UTF-8 try 0 run --python "$python" "$here/knobs.py" --clock real --interval 3
out_has "real clock · python $version · switch interval 3.0 ms"
out_has ": 0.003"

# A deadlock that the program expects is its claim, on both clocks.
printf '"""T\n\nexpect: deadlock\n"""\nimport threading\nlock = threading.Lock()\nlock.acquire()\nlock.acquire()\n' >"$here/stuck.py"
for clock in real virtual; do
    try 0 check "$here/stuck.py" --clock $clock
    out_has "holds the deadlock was found, and named as a cycle"
    out_has "1 claim: all hold"
done

# Whether a module was compiled before does not show on the virtual clock: not in its time, not in
# what is read, not in where things lie, which is the order of sets.
mkdir "$here/modules"
cat >"$here/modules/helper.py" <<'TEXT'
import threading
lock = threading.Lock()
class Thing: pass
TEXT
cat >"$here/modules/imports.py" <<'TEXT'
import time
import helper
from concurrent.futures import ThreadPoolExecutor
print([hex(id(helper.Thing())) for _ in range(3)], time.perf_counter_ns())
with ThreadPoolExecutor(4) as pool:
    pool.map(time.sleep, [0.01] * 8)
TEXT
mkdir "$here/modules/__pycache__"
for i in 1 2 3; do
    PYTHONDONTWRITEBYTECODE= try 0 run --clock virtual --print json "$here/modules/imports.py"
    mv "$here/out" "$here/out.$i"
    ((i > 1)) || (cd "$here/modules" && PYTHONDONTWRITEBYTECODE= "$python" -c 'import helper')
    cmp "$here/out.1" "$here/out.$i" || fail "a compiled module shows"
done
# A package's may be read as it was compiled: then it is in its time and in what is read alone.
mkdir -p "$here/site-packages/__pycache__"
echo 'thing = 1' >"$here/site-packages/third.py"
printf 'import sys, time\nsys.path.insert(0, sys.argv[1])\nimport third\nprint(time.perf_counter_ns())\n' >"$here/packaged.py"
for i in 1 2; do
    PYTHONDONTWRITEBYTECODE=1 try 0 run --clock virtual --print json "$here/packaged.py" -- "$here/site-packages"
    mv "$here/out" "$here/out.$i"
    "$python" -m compileall -q "$here/site-packages"
    cmp "$here/out.1" "$here/out.$i" || fail "a compiled package shows"
done

try 0 run -m this
out_has "Beautiful is better than ugly."

# What python3 runs though it is no file of Python's: a folder, an archive with and without a line
# before it. Without a __main__.py it is nothing.
mkdir -p "$here/app" "$here/void"
cat >"$here/app/__main__.py" <<'TEXT'
import sys, threading, helper
lock = threading.Lock()
with lock:
    print("main", sys.argv, sys.path[0], __name__, helper.word)
TEXT
echo 'word = "helped"' >"$here/app/helper.py"
(cd "$here/app" && "$python" -m zipfile -c ../app.zip __main__.py helper.py)
"$python" -m zipapp "$here/app" -p "/usr/bin/env python3" -o "$here/app.pyz"
"$python" -m zipfile -c "$here/void.zip" "$here/app/helper.py"
for application in app app.zip app.pyz; do
    try 0 run "$here/$application" --verify --print text -- one
    out_has "main ['$here/$application', 'one'] $here/$application __main__ helped"
    err_empty
    try 0 run "$here/$application" --clock virtual --print json -- one
    out_has "main ['$here/$application', 'one'] $here/$application __main__ helped"
    out_has '"line":4,"file":"'"$here/$application/__main__.py"'"'
done
mkdir "$here/fails"
echo 'raise SystemExit(3)' >"$here/fails/__main__.py"
try 1 check "$here/app" "$here/app.zip" "$here/fails"
out_has "$here/app.zip"
out_has "  makes no claims"
out_has "  FAILS the run ends without an error"
out_has "3 scenes, 1 claim: 1 fails"
try 0 compare "$here/app" "$here/app.pyz" --clock virtual
out_has "$here/app.pyz"
try 0 compare "$here/app" --vary clock=real,virtual --json -- one
out_has '"run":"'"$here/app, clock=virtual"'"'
try 2 compare "$here/app" "$here/void"
err_has "is a folder: name a .py or .lua file in it"
try 0 run "$here/app" --record "$here/app.gsr" --print none
try 0 export "$here/app.gsr" --to json
out_has "main ['$here/app']"
try 2 run "$here/void"
err_has "is a folder: name a .py or .lua file in it"
try 2 run "$here/void.zip"
err_has "is no .py or .lua file"
try 1 run -m no_such_module
err_has "No module named no_such_module"
try 2 run -m this "$here/x.py"
err_has "is a second beside -m this"

# Programs on the way to Python are left alone.
try 0 trace --verify -- sh -c 'timeout 60 python3 "$0" one' "$here/x.py"
out_has "argv ['one']"
out_has "every invariant holds"
try 7 trace -- sh -c 'exit 7'
err_has "no Python from 3.9 on has run a program in sh"
try 0 trace --print json -- python3 -c 'print(1+1)'
out_has '"text":"2"'
try 2 trace
err_has "trace needs a command behind --"
try 2 trace -- "$here/no-such-command"
err_has "cannot start"
finish
