"""The convoy: a small request beside a thread that computes

A request that takes microseconds takes an interval of 5 ms beside a thread that computes, since it
has to ask for the GIL each time it comes back from its wait; and two such threads are worse.

chapter: gil
from: 004_0085641d289618df.txt
cores: 4
clock: virtual
speed: 0.03
"""
import queue
import sys
import threading
import time

import gilscope
from gilscope import check, label, mark, measure, note


def burn(stop):
    while not stop.is_set():
        for _ in range(1_000):
            pass


def request():
    with label("request"):
        time.sleep(0.0005)  # the network's part
    for _ in range(500):  # the answer is looked at
        pass


def client(answers):
    with measure() as trips:
        for _ in range(40):
            request()
    answers.put(trips.seconds / 40)


def round_trip(burners):
    """The mean of a request beside so many burning threads."""
    stop, answers = threading.Event(), queue.Queue()
    threads = [threading.Thread(target=burn, args=(stop,), name=f"burner {i}")
               for i in range(1, burners + 1)]
    threads.append(threading.Thread(target=client, args=(answers,), name="client"))
    for thread in threads:
        thread.start()
    trip = answers.get()
    stop.set()
    for thread in threads:
        thread.join()
    return trip


interval = sys.getswitchinterval()
alone = round_trip(0)
mark("The same requests beside one thread that computes.")
note("Each time, the client wants the GIL for an interval, then asks.")
one = round_trip(1)
mark("Beside two: the client is not always the next in the queue.")
two = round_trip(2)

check(alone < interval / 5 and one >= interval,
      f"round trip {alone * 1000:.3f} ms alone, {one * 1000:.2f} beside one, "
      f"{two * 1000:.2f} beside two")
# Beside two, the client is overtaken by whoever has just asked, and is awake: on the virtual clock
# with most seeds, not with all.
worse = two > 1.1 * one
check(worse or gilscope.clock == "virtual" and two >= 0.9 * one,
      f"a second one makes it {'worse' if worse else 'no better'}")
