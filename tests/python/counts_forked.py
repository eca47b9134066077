"""A forked process has what the thread had that forked it, and no more"""
# run: run --clock virtual --verify
# same: run --clock virtual --print json
# status: 1
# says: MainThread of process 2 waits for slots #2 (line 27): of its 3 units it itself has 2.
# says: MainThread of process 1 waits for the end of process 2 (line 28
import os
import threading
import warnings


def hold():
    with slots:
        held.set()
        threading.Event().wait(100)


slots = threading.Semaphore(3)
held = threading.Event()
thread = threading.Thread(target=hold, daemon=True)
thread.start()
held.wait()
slots.acquire()
warnings.simplefilter("ignore")
child = os.fork()
if child == 0:
    slots.acquire(), slots.acquire()
os.waitpid(child, 0)
