"""Lock: with, a limit, locked(), from another thread"""
import threading

lock = threading.Lock()
seen = []


def other():
    seen.append(("at once", lock.acquire(blocking=False)))
    seen.append(("limit", lock.acquire(timeout=0.02)))
    with lock:
        seen.append(("in the end", lock.locked()))


with lock:
    t = threading.Thread(target=other)
    t.start()
    while len(seen) < 2:
        pass
t.join()
print(seen, lock.locked())
try:
    lock.release()
except RuntimeError as error:
    print(type(error).__name__, error)
