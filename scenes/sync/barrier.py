"""A Barrier: nobody starts before all are there

Three threads work in three phases of unequal length. At the barrier the fast ones wait for the slow
one, and all go on at once.

chapter: sync
from: 004_0085641d289618df.txt
cores: 3
clock: virtual
speed: 0.03
"""
import threading
import time

from gilscope import check, label, native, note

barrier = threading.Barrier(3)
began = {1: [], 2: [], 3: []}
ended = {1: [], 2: [], 3: []}


def work(lengths):
    for number, seconds in enumerate(lengths, 1):
        began[number].append(time.perf_counter())
        with label(f"phase {number}"):
            native(seconds)
        ended[number].append(time.perf_counter())
        barrier.wait()


note("In each phase another thread is the last: it never waits.")
threads = [threading.Thread(target=work, args=([0.08, 0.02, 0.04],), name="a"),
           threading.Thread(target=work, args=([0.02, 0.04, 0.08],), name="b"),
           threading.Thread(target=work, args=([0.04, 0.08, 0.02],), name="c")]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()

for number in (2, 3):
    check(min(began[number]) >= max(ended[number - 1]),
          f"phase {number} began when phase {number - 1} was over for all")
