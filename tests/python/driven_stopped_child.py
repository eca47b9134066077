"""A Python that is stopped before it begins has its turn, and never comes: it is ended"""
# run: run --clock virtual --print none --verify
# says: every invariant holds
# status: 0
import os
import signal
import subprocess
import sys
import time

child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(1)"])
os.kill(child.pid, signal.SIGSTOP)
time.sleep(2)
assert child.wait() == -signal.SIGKILL
