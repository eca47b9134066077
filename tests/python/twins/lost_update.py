"""A counter under a lock is exact whoever holds the GIL when"""
import sys
import threading

sys.setswitchinterval(1e-5)
count, lock = 0, threading.Lock()


def add():
    global count
    for _ in range(500):
        with lock:
            seen = count
            for _ in range(3):
                pass
            count = seen + 1


threads = [threading.Thread(target=add) for _ in range(4)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(count, sys.getswitchinterval())
