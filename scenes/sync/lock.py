"""A Lock makes the read and the write one step

The lost update again, under a Lock: a switch may still fall between the read and the write, but
whoever runs then has to wait for the lock, and the count is exact.

chapter: sync
from: 001_cdf4b8e4eda2782e.txt
cores: 4
clock: virtual
interval: 0.2
speed: 0.0005
"""
import threading

from gilscope import check, mark, note

counter = 0
lock = threading.Lock()


def plus_one(value):
    return value + 1


def safe_increment(n):
    global counter
    for _ in range(n):
        with lock:
            counter = plus_one(counter)


threads = [threading.Thread(target=safe_increment, args=(2_000,)) for _ in range(4)]
mark("Four threads, 2,000 safe increments each.")
note("A thread that was asked to let go inside the lock still holds it.")
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()

check(counter == 8_000, f"counter is {counter}: exact")
check(not lock.locked(), "nobody holds the lock any more")
