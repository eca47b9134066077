"""Children that come to a bad end, each in its own way, and one that was killed before it began"""
# run: run --print text --verify
# run: run --clock virtual --print text --verify
# same: run --clock virtual --print json
# says: process 2 is killed by signal 9 (SIGKILL).
# says: process 3 is killed by signal 6 (SIGABRT).
# says: process 4 is killed by signal 11 (SIGSEGV).
# says: process 5 is killed by signal 15 (SIGTERM).
# says: process 6 is killed by signal 9 (SIGKILL).
# matches: process 7 ends\.
# says: MainThread prints: [9, 6, 11, 15, 9, 1536]
# says: every invariant holds
import ctypes
import os
import signal
import time


def at_once():
    os.kill(os.getpid(), signal.SIGKILL)


def crash():
    ctypes.string_at(0)


def stay():
    time.sleep(1000)


def leave():
    ctypes.CDLL(None).quick_exit(6)


children = []
for act in at_once, os.abort, crash, stay, stay, leave:
    child = os.fork()
    if child == 0:
        act()
    children.append(child)
    if len(children) == 5:
        os.kill(child, signal.SIGKILL)
time.sleep(0.05)
os.kill(children[3], signal.SIGTERM)
print([os.waitpid(child, 0)[1] & ~0x80 for child in children])
