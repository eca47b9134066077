"""Who finds out that nobody can go on is cut off in the middle of a label

expect: deadlock
"""
# run: run --verify --print json
# run: run --clock virtual --verify --print json
# status: 0
# says: Thread-1 (wait) waits for lock (line 21), which it itself holds.
# says: every invariant holds
import threading
import time

import gilscope

lock = threading.Lock()


def wait():
    time.sleep(0.1)
    with gilscope.label("twice"), lock:
        lock.acquire()


thread = threading.Thread(target=wait, name="Thread-1 (wait)")
thread.start()
thread.join()
