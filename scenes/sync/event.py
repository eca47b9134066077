"""An Event: the producer sets it, the consumer waits

A thread waits for an event without asking again and again; the one that sets it wakes it up.

chapter: sync
from: 001_cdf4b8e4eda2782e.txt
cores: 2
clock: virtual
speed: 0.15
"""
import threading
import time

from gilscope import check, label, mark, note

ready = threading.Event()
log = []


def producer():
    with label("make data"):
        time.sleep(2)
    log.append("set")
    ready.set()  # signal that data is ready


def consumer():
    ready.wait()  # blocks until set()
    log.append("woken")
    print("Data is ready, consuming...")
    check(time.thread_time() < 0.1, "waiting cost the consumer no processor time")


note("Enter on the end of the consumer's wait goes to who ended it.")
threads = [threading.Thread(target=consumer, name="consumer"),
           threading.Thread(target=producer, name="producer")]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()

check(log == ["set", "woken"], "the consumer went on only after set()")
mark("It is set for good.")
check(ready.is_set() and ready.wait(), "who comes later does not wait")
