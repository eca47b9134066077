"""On the virtual clock a child process is waited for as long as it takes"""
# run: run --clock virtual --verify
import os
import signal
import subprocess
import sys
import time

import gilscope

start = time.perf_counter()
echo = subprocess.run(["sh", "-c", "sleep 0.2; echo said"], capture_output=True, text=True)
gilscope.check(echo.stdout == "said\n", "what it wrote is read")
gilscope.check(time.perf_counter() - start >= 0.15, "its time is the clock's, too")
try:
    subprocess.run(["sleep", "30"], timeout=0.3)
    gilscope.check(False, "a limit ends the wait")
except subprocess.TimeoutExpired:
    gilscope.check(True, "a limit ends the wait")
code = subprocess.run([sys.executable, "-c", "raise SystemExit(7)"]).returncode
gilscope.check(code == 7, "a Python's exit status")
child = os.fork()
if child == 0:
    time.sleep(0.05)
    os._exit(3)
gilscope.check(os.waitpid(child, 0)[1] >> 8 == 3, "a forked child's exit status")
signal.signal(signal.SIGTERM, lambda number, frame: os._exit(7))
child = os.fork()
if child == 0:
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(5)
    os._exit(1)
gilscope.check(os.waitpid(child, 0)[1] >> 8 == 7, "a forked child has the program's handlers")
