"""A forked process is killed from outside the run: its lane ends then, and its parent goes on"""
# run: run --verify --print text
# run: run --clock virtual --verify --print text
# says: MainThread prints: 9
# matches: MainThread of process 2 sleeps \(line 15\) until [2-9][0-9.]* ms
# says: process 2 is killed by signal 9 (SIGKILL).
# says: MainThread of process 2 ends with its process.
# never: never gets on
import os
import subprocess
import time

child = os.fork()
if child == 0:
    time.sleep(100)
    os._exit(0)
subprocess.Popen(["sh", "-c", "sleep 0.3; kill -9 %d" % child])
print(os.waitpid(child, 0)[1])
time.sleep(0.2)
