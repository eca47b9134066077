"""A lost update: read, add, write

Four threads add 1 a hundred thousand times each. The GIL protects the interpreter, not the counter:
a switch between the read and the write loses what the others added meanwhile. Up to 3.9 that
happens to counter += 1 as well. Since 3.10 the GIL changes hands at calls and at the ends of loops
only, so that this line stays exact, by luck of the version; with a call in it, it does not.

chapter: sync
from: 001_cdf4b8e4eda2782e.txt
cores: 4
clock: virtual
interval: 0.1
speed: 0.002
"""
import sys
import threading

from gilscope import ask, check, mark, note, phase

counter = 0


def increment(n):
    global counter
    for _ in range(n):
        counter += 1  # reads, adds, writes


def plus_one(value):
    return value + 1


def increment_by_call(n):
    global counter
    for _ in range(n):
        counter = plus_one(counter)  # reads, calls, writes


def four_threads(target):
    global counter
    counter = 0
    threads = [threading.Thread(target=target, args=(100_000,)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


exact = sys.version_info >= (3, 10)
ask("Four threads add 1 a hundred thousand times each: what is the sum?",
    ["400,000", "less"], "400,000" if exact else "less")
with phase("counter += 1"):
    four_threads(increment)
if exact:
    check(counter == 400_000, f"counter is {counter}: exact, since 3.10")
else:
    check(counter < 400_000, f"counter is {counter}: updates are lost")

mark("The same with a call between the read and the write.")
ask("And now?", ["400,000", "less"], "less")
note("Who is asked to let go inside plus_one() has read, but not written.")
with phase("a call between"):
    four_threads(increment_by_call)
check(counter < 400_000, f"counter is {counter}: updates are lost")
