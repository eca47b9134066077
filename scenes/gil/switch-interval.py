"""The switch interval: 5 ms, then 0.5 ms

Who wants the GIL waits for an interval before it asks. That is no time slice: the holder goes on
until it is asked, and 5 ms is only the least that it gets. (2.7's rule of 100 instructions is in
gil/switch-interval.lua.)

chapter: gil
from: 001_cdf4b8e4eda2782e.txt, 004_0085641d289618df.txt
cores: 2
clock: virtual
speed: 0.02
"""
import sys
import threading
import time

import gilscope
from gilscope import check, label, mark, note

running = None  # who has just had the GIL
took_over = []  # ... since when


def compute(me, stop):
    global running
    while time.perf_counter() < stop:
        if running != me:
            running = me
            took_over.append(time.perf_counter())


def pair(seconds):
    took_over.clear()
    stop = time.perf_counter() + seconds
    threads = [threading.Thread(target=compute, args=(name, stop)) for name in ("one", "two")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def hand_offs_at(interval):
    sys.setswitchinterval(interval)
    with label(f"{interval * 1000:g} ms"):
        pair(0.1)
    took_over.pop()  # the end cut the slice before it short
    slices = [later - earlier for earlier, later in zip(took_over, took_over[1:])]
    rate = len(slices) / 0.1
    # Each notes the time a few lines after it took the GIL.
    check(min(slices) >= 0.95 * interval,
          f"{interval * 1000:g} ms: {rate:.0f} hand-offs/s, "
          f"no slice shorter than {min(slices) * 1000:.2f} ms")
    return rate


note("Whoever wants the GIL waits an interval before it asks for it.")
slow = hand_offs_at(0.005)
mark("A tenth of the interval: ten times the hand-offs?")
fast = hand_offs_at(0.0005)
# The kernel wakes a waiter late, by what is nothing of 5 ms and much of 0.5.
least = 4 if gilscope.clock == "real" else 8
check(least < fast / slow < 14, f"{fast / slow:.1f} times the hand-offs")
