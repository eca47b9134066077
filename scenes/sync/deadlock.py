"""Two locks in opposite order: a deadlock

Each thread holds what the other one wants. Nothing can ever run again: the run says who holds what
and who waits for what, and ends. Taking the locks in one order everywhere would have helped.

chapter: sync
from: 004_0085641d289618df.txt
cores: 2
clock: virtual
speed: 0.04
expect: deadlock
"""
import threading
import time

from gilscope import check, label, mark, note

accounts = threading.Lock()
journal = threading.Lock()


def transfer():
    with accounts:
        with label("holds accounts"):
            time.sleep(0.1)
        with journal:
            print("transferred")


def report():
    with journal:
        with label("holds journal"):
            time.sleep(0.1)
        with accounts:
            print("reported")


note("Both sleep with one lock in hand, so it happens every time.")
one = threading.Thread(target=transfer, name="transfer")
two = threading.Thread(target=report, name="report")
one.start()
two.start()
one.join(timeout=0.2)
mark("Who gives way?")
one.join()
two.join()
check(False, "never reached: both threads wait for ever")
