"""A program that is started has lanes if it is a Python, whatever environment it was given"""
# run: run --print json --verify
# run: run --clock virtual --print json --verify
# same: run --clock virtual --print json
# matches: "kind":"process","name":"process 2"
# matches: "kind":"process","name":"timeit"
# matches: "kind":"process","name":"driven_subprocess.py"
# matches: "type":"output",.*"text":"from a child"
# matches: "type":"output",.*"text":"from a child without an environment"
# matches: "type":"output",.*"text":"[{][}]"
# never: "text":"for its parent"
# matches: "type":"output",.*"text":"no such program"
# matches: "state":"waiting","on":"driven_subprocess.py"
import os
import subprocess
import sys

import gilscope

if len(sys.argv) > 1:
    print("from", sys.argv[1])
    print({name: text for name, text in os.environ.items() if "GILSCOPE" in name or name == "LD_PRELOAD"})
    sys.exit(3)

# What it writes is read; the other ways to start one follow.
child = subprocess.run([sys.executable, "-c", "print('for its parent')"], stdout=subprocess.PIPE, text=True)
gilscope.check(child.stdout == "for its parent\n", "what it wrote is read")
child = subprocess.run([sys.executable, __file__, "a child"])
gilscope.check(child.returncode == 3, "its exit status")
child = subprocess.run([sys.executable, __file__, "a child without an environment"], env={})
child = subprocess.run([sys.executable, "-c", "import os; os.abort()"], preexec_fn=lambda: os.nice(1))
gilscope.check(child.returncode == -6, "a signal")
subprocess.run([sys.executable, "-m", "timeit", "-n", "1", "-r", "1", "pass"], close_fds=False, stdout=subprocess.PIPE)
try:
    subprocess.run(["/no/such/program"])
except FileNotFoundError:
    print("no such program")
child = os.posix_spawn(sys.executable, [sys.executable, __file__, "posix_spawn"], os.environ)
gilscope.check(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 3, "posix_spawn")
child = os.fork()
if child == 0:
    os.execv(sys.executable, [sys.executable, __file__, "fork and exec"])
gilscope.check(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 3, "fork and exec")
