"""An RLock may be taken again by whoever holds it

With a Lock, a function that holds it and calls another one that takes it would wait for itself for
ever. An RLock knows its owner and counts: it is free when all are given back.

chapter: sync
from: 001_cdf4b8e4eda2782e.txt
cores: 2
clock: virtual
speed: 0.02
"""
import threading
import time

from gilscope import check, label, native, note

lock, rlock = threading.Lock(), threading.RLock()
log = []


def tell(what):
    log.append((what, time.perf_counter()))


def inner():
    with rlock:  # the same thread, the same lock
        tell("in again")
        with label("inner"):
            native(0.05)


def outer():
    with rlock:
        tell("in")
        inner()
        with label("outer"):
            native(0.05)  # given back once only
        tell("out")


def other():
    time.sleep(0.01)
    with rlock:
        tell("other")


note("The second thread waits for both: the lane says for which lock.")
threads = [threading.Thread(target=outer, name="re-enters"),
           threading.Thread(target=other, name="other")]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()

(_, came), (_, again), (_, left), (last, entered) = log
check(again - came < 0.02, "the owner went in again without waiting for itself")
check(last == "other" and entered >= left, "the other thread came in after the last release")
lock.acquire()
check(not lock.acquire(blocking=False), "a plain Lock is not given twice")
lock.release()
