"""Native code lets the GIL go while it computes

Two threads in a library that releases the GIL, as NumPy does, compute at once. The same two threads
in plain Python take turns.

chapter: gil
from: 002_c43905b1571a6008.txt, 004_0085641d289618df.txt
cores: 2
clock: virtual
speed: 0.05
"""
import os
import threading
import time

from gilscope import check, label, mark, measure, native, note


def in_library():
    with label("native"):
        native(0.1)


def in_python():
    with label("python"):
        total = 0
        for i in range(500_000):
            total += i


def speedup(work):
    """How many times faster two threads are than one after the other, which would take as long as
    the processor time that they need."""
    before = time.process_time()
    with measure() as together:
        threads = [threading.Thread(target=work) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    return (time.process_time() - before) / together.seconds


cores = min(2, os.cpu_count())
note("Two lanes compute at once, and the GIL lane is empty.")
in_c = speedup(in_library)
check(in_c > 0.9 * cores, f"native code in two threads: {in_c:.2f} times as fast")

mark("The same, but in plain Python: who thinks it is twice as fast?")
note("Now the GIL lane is full, and the two lanes take turns.")
in_py = speedup(in_python)
check(in_py < 1.05, f"Python in two threads: {in_py:.2f} times as fast")
