"""Condition: wait_for, notify(n), notify_all, a limit that passes"""
import threading
import time

cond, ready, woken = threading.Condition(), 0, []


def waiter(n):
    global ready
    with cond:
        ready += 1
        cond.notify_all()
        while not cond.wait_for(lambda: len(woken) == n, timeout=60):
            pass
        woken.append(n)
        cond.notify_all()


threads = [threading.Thread(target=waiter, args=(n,)) for n in range(1, 6)]
for t in threads:
    t.start()
with cond:
    cond.wait_for(lambda: ready == 5)
    began = time.monotonic()
    print(cond.wait(0.05), time.monotonic() - began >= 0.05)
    woken.append(0)
    cond.notify(5)
for t in threads:
    t.join()
print(woken)
