"""A process that is forked binds none of the interpreter's functions: they are bound before"""
# run: run --verify
# says: bound in the child: 0
# matches: bound before: [1-9]
import glob
import os
import subprocess
import sys
import tempfile

FORKS = """
import os
pid = os.fork()
if pid == 0:
    os._exit(0)
os.waitpid(pid, 0)
print(pid)
"""

with tempfile.TemporaryDirectory() as folder:
    says = dict(os.environ, LD_DEBUG="bindings", LD_DEBUG_OUTPUT=folder + "/linker")
    child = int(subprocess.run([sys.executable, "-c", FORKS], env=says, stdout=subprocess.PIPE,
                               check=True).stdout)
    lines = [line for name in glob.glob(folder + "/*") for line in open(name)
             if "binding file" in line]
own = [line for line in lines if int(line.split(":")[0]) == child]
print("bound in the child:", len(own))
print("bound before:", len(lines) - len(own))
