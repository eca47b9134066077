"""A Condition: wait until something is true

A table with room for two plates. The cook waits while it is full, the waiter while it is empty;
wait() gives the lock back and takes it again before it returns.

chapter: sync
from: 004_0085641d289618df.txt
cores: 2
clock: virtual
speed: 0.03
"""
import threading

from gilscope import check, label, native, note

table = threading.Condition()
plates, log = [], []


def cook():
    for plate in range(1, 7):
        with label(f"cook {plate}"):
            native(0.03)
        with table:
            table.wait_for(lambda: len(plates) < 2)
            plates.append(plate)
            log.append(("put", plate, len(plates)))
            table.notify()


def waiter():
    for _ in range(6):
        with table:
            table.wait_for(lambda: plates)
            log.append(("took", plates.pop(0), len(plates)))
            table.notify()
        with label("serve"):
            native(0.05)


note("Who waits on a condition does not hold its lock.")
threads = [threading.Thread(target=cook, name="cook"),
           threading.Thread(target=waiter, name="waiter")]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()

at = {(what, plate): i for i, (what, plate, _) in enumerate(log)}
check(all(at["put", plate] < at["took", plate] for plate in range(1, 7)),
      "each of the six plates is taken after it was put")
check(all(0 <= left <= 2 for _, _, left in log),
      "there were never more than two plates, never fewer than none")
check([plate for what, plate, _ in log if what == "took"] == [1, 2, 3, 4, 5, 6],
      "all were served, in their order")
