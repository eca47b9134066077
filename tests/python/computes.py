"""A thread that computes says in which line, alone and by turns, and from its beginning on"""
# run: run --verify --print json
# matches: "actor":3,"state":"running",.*"line":2[45],
# matches: "actor":3,"state":"running",.*"line":3[01],
# matches: "actor":3,"state":"running",.*"line":35,"call":"json.dumps",
# matches: "actor":4,"state":"running",.*"line":2[45],
# matches: "actor":5,"state":"running",.*"line":3[01],
# matches: "actor":8,"state":"running",.*"line":2[45],
# never: "start":0,"end":0,
# says: nothing waits
# says: every invariant holds
import json
import os
import signal
import threading
import time

TICK = signal.SIGRTMAX - 1


def one(seconds):
    end = time.thread_time() + seconds
    n = 0
    while time.thread_time() < end:
        n += 1


def other(seconds):
    end = time.thread_time() + seconds
    while time.thread_time() < end:
        n = 1


def calls(big):
    for _ in range(30): json.dumps(big, indent=1)


one(0.1)
other(0.1)
calls([[i, str(i)] for i in range(20000)])
threads = [threading.Thread(target=one, args=(0.1,)), threading.Thread(target=other, args=(0.1,))]
for thread in threads: thread.start()
for thread in threads: thread.join()

# Whoever blocks every signal finds none of ours.
signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
one(0.05)
if not signal.sigpending() and signal.sigtimedwait({TICK}, 0) is None:
    print("nothing waits")
signal.pthread_sigmask(signal.SIG_SETMASK, set())

# A forked process is looked at as well.
child = os.fork()
if child == 0:
    one(0.1)
    os._exit(0)
os.waitpid(child, 0)
