"""A Python that checks its memory, and what else is not done every day, ends as it does without us"""
# run: run --print json --verify
# run: run --clock virtual --print json --verify
# matches: "type":"output",.*"text":"in dev mode"
# matches: "type":"output",.*"text":"with allocators that check"
import os
import subprocess
import sys

import gilscope

child = subprocess.run([sys.executable, "-X", "dev", "-c", "print('in dev mode')"])
gilscope.check(child.returncode == 0, "dev mode")
child = subprocess.run([sys.executable, "-c", "print('with allocators that check')"],
                       env=dict(os.environ, PYTHONMALLOC="debug"))
gilscope.check(child.returncode == 0, "allocators that check")
