"""A killed child whose parent never asks how it ended: its lane ends all the same"""
# run: run --print text --verify
# run: run --clock virtual --print text --verify
# says: process 2 is killed by signal 9 (SIGKILL).
# matches: ^([5-9][0-9.]*|[12][0-9][0-9]) ms: MainThread of process 2 ends with its process\.
# says: every invariant holds
import os
import signal
import time

child = os.fork()
if child == 0:
    time.sleep(100)
    os._exit(0)
time.sleep(0.05)
os.kill(child, signal.SIGKILL)
time.sleep(0.25)
