#!/usr/bin/env bash
# Scenes that mean harm, and every way to end a run from outside: nothing of it may stay behind.
. "${GS_SOURCE:?}/tests/support/cmd.bash" || exit
. "${GS_SOURCE:?}/tests/support/left.bash" || exit
scene() { { echo "scene { title = '$1' }" && cat; } >"$here/$1.lua"; }
# What other tests' multiprocessing has there for a moment is none of it.
shared() { find /dev/shm -mindepth 1 ! -name '*mp-*' ! -name 'psm_*' | sort; }
shared >"$here/shared.before"

scene sleeper <<<'time.sleep(1000)'
scene loop <<<'while true do end'
scene pcall <<<'while true do pcall(function() while true do end end) end'
scene close <<<'while true do pcall(function() local x <close> = setmetatable({}, { __close = function() while true do end end }) error("out") end) end'
scene backtrack <<<'local s = string.rep("a", 500000) while true do pcall(string.find, s, ".-.-.-.-b") end'
scene recursion <<<'while true do pcall(function() local function f() return 1 + f() end f() end) end'
scene threads <<'LUA'
for i = 1, 20 do threading.Thread { target = function() while true do pcall(function() while true do end end) end end }:start() end
LUA

for clock in real virtual; do
    for name in loop pcall close backtrack recursion threads; do
        start run --clock $clock --print none "$here/$name.lua"
        started
        sleep 0.3
        kill -TERM "$program"
        ended 143
    done
done

for signal in INT:130 HUP:129 TERM:143 KILL:137; do
    start run --clock real --print none "$here/sleeper.lua"
    started
    kill -${signal%:*} "$program"
    ended ${signal#*:}
done

start run --clock real "$here/sleeper.lua"
started
sleep 0.3
kill -KILL "$stage"
ended 137
err_has "the stage was killed by signal 9 (SIGKILL)"

# A check of several says what came of the one, and goes on.
start check "$here/sleeper.lua" --clock real
started
sleep 0.3
kill -KILL "$stage"
ended 1
grep -qF "FAILS the run ends without an error" "$here/out" || fail "the claim of a killed stage"

start check sleeper "$here/loop.lua"
started
kill -TERM "$program"
ended 143

# What fails inside: an end by itself, and a message that says what and where.
limited() { try 1 run --clock "$1" --print none "$here/$2.lua" && err_has "$2.lua:$3:"; }
scene deep <<<'local function f() return 1 + f() end f()'
scene strings <<<'local s = "x" while true do s = s .. s end'
scene io <<<'io.open("/etc/passwd")'
scene execute <<<'os.execute("true")'
scene debugging <<<'debug.sethook()'
scene dump <<<'string.dump(function() end)'
scene bytecode <<<'assert(load("\27Lua", "x", "b"))'
scene collected <<<'local function again() setmetatable({}, { __gc = again }) end again()'
scene pattern <<<'string.find(string.rep("a", 1000000), string.rep("a?", 1000000) .. "b")'
scene library <<<'package.loadlib("x", "y")'
for clock in real virtual; do
    for name in deep io execute debugging dump bytecode collected pattern library; do
        limited $clock $name 2
    done
    try 1 run --clock $clock --print none "$here/strings.lua"
    err_has "strings.lua:2: MemoryError: not enough memory"
done

# A Python's children are none of gilscope's, and end with it, wherever they are, and so does what is
# in the process group of one; but for other programs that have made a group for themselves, which
# end as they do when their parent is killed: not at all, or by themselves.
cat >"$here/family.py" <<'TEXT'
import multiprocessing, os, subprocess, sys, threading, time

# The machine's number of it: on the virtual clock the program's own is another one.
def note(what):
    with open(sys.argv[1], "a") as file:
        file.write("%s %s\n" % (what, os.readlink("/proc/self")))

def stay(what):
    note(what)
    time.sleep(1000)

def fork_in_a_thread():
    if os.fork() == 0:
        stay("of-a-thread")

thread = threading.Thread(target=fork_in_a_thread)
thread.start()
thread.join()
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        stay("daemon")
    os._exit(0)
os.wait()
if os.fork() == 0:
    os.setsid()
    os.closerange(3, 4096)
    for number in range(3, 4096):
        try:
            os.close(number)
        except OSError:
            pass
    stay("closes-all")
if os.fork() == 0:
    note("spins")
    while True:
        pass
if os.fork() == 0:
    os.setpgid(0, 0)
    stay("own-group")
multiprocessing.get_context("fork").Process(target=stay, args=("worker",)).start()
for name, alone in ("program", False), ("other", True):
    says = f'echo {name} $$ >>"$1"; exec sleep 1000'
    subprocess.Popen(["sh", "-c", says, "sh", sys.argv[1]], start_new_session=alone)
stay("main")
TEXT
all_there() { [[ $(wc -l <"$here/family") == 9 ]]; }
if command -v python3 >"$here/found"; then
    for words in "run --clock real" "run --clock virtual" "trace"; do
        : >"$here/family"
        if [[ $words == trace ]]; then
            start trace --print none -- sh -c 'python3 "$@"; true' sh "$here/family.py" "$here/family"
        else
            start $words --print none "$here/family.py" -- "$here/family"
        fi
        await all_there || fail "the family is not complete: $(cat "$here/family")"
        kill -KILL "$program"
        while read -r who pid; do
            if [[ $who == other ]]; then
                gone "$pid" && fail "what is no Python, in a session of its own, has been ended"
                kill "$pid"
            else
                await gone "$pid" || { fail "$words: $who is left"; kill -KILL "$pid"; }
            fi
        done <"$here/family"
    done
fi

diff "$here/shared.before" <(shared) || fail "shared memory is left"
finish
