"""A Python has lanes, too, where a shell or another program has started it"""
# run: run --print json --verify
# run: run --clock virtual --print json --verify
# matches: "kind":"process","name":"process 2"
# matches: "kind":"process","name":"process 6"
# matches: "type":"output",.*"text":"from a shell"
# matches: "type":"output",.*"text":"from env"
# matches: "type":"output",.*"text":"from one of two"
# matches: "type":"output",.*"text":"from the other"
# matches: "type":"output",.*"text":"from os.system"
import os
import subprocess
import sys

import gilscope

python = sys.executable
lines = [python + ' -c "import time; time.sleep(0.01); print(\'from %s\')"' % who
         for who in ("a shell", "one of two", "the other", "os.system")]
subprocess.run(lines[0] + "; true", shell=True)
subprocess.run(["env", "FROM=env", python, "-c", "import os; print('from', os.environ['FROM'])"])
subprocess.run(["sh", "-c", lines[1] + " & " + lines[2] + " & wait"])
gilscope.check(os.waitstatus_to_exitcode(os.system(lines[3] + "; exit 5")) == 5, "os.system")
