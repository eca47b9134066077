"""Daemon threads are cut off wherever they are"""
# run: run --verify
# says: bye

import threading, time
def w():
    while True: sum(range(1000))
for _ in range(3): threading.Thread(target=w,daemon=True).start()
time.sleep(0.05); print("bye")
