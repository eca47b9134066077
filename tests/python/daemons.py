"""Daemon threads are cut off wherever they are

Up to 3.10 Python itself dies of that now and then: a thread that comes to take the GIL looks at the
interpreter when that is gone.
"""
# from: 11
# run: run --verify
# says: bye

import threading, time
def w():
    while True: sum(range(1000))
for _ in range(3): threading.Thread(target=w,daemon=True).start()
time.sleep(0.05); print("bye")
