"""Four threads counting primes share one GIL

Four threads count primes on four cores and take as long as one after the other: whoever runs
needs the one GIL.

chapter: gil
from: 000_9fcab813c63d2679.txt, 001_cdf4b8e4eda2782e.txt, 002_c43905b1571a6008.txt, 003_ed71112cefb9b003.txt, 004_0085641d289618df.txt
cores: 4
clock: virtual
speed: 0.05
"""
import threading
import time
from math import isqrt

import gilscope
from gilscope import check, mark, note, phase


def is_prime(n):
    for divisor in range(2, isqrt(n) + 1):
        if n % divisor == 0:
            return False
    return n > 1


def count_primes(last):
    return sum(is_prime(n) for n in range(last + 1))


def one_by_one():
    for _ in range(4):
        count_primes(20_000)


def in_threads():
    threads = [threading.Thread(target=count_primes, args=(20_000,)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def cost(work):
    """How long it takes, and the processor time it needs."""
    began, used = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - began, time.process_time() - used


with phase("one by one"):
    alone, needed = cost(one_by_one)
mark("Now the same in four threads: how long will it take?")
note("The GIL lane names one owner at a time. All others want it.")
with phase("four threads"):
    together, used = cost(in_threads)

# A real machine's cores change their speed between the two.
least = 0.6 if gilscope.clock == "real" else 0.95
how = "no faster" if together >= 0.95 * alone else "one at a time all the same"
check(together >= least * needed,
      f"one by one {alone:.3f} s, four threads {together:.3f} s: {how}")
check(used <= 1.05 * together, f"never two running: {used / together:.2f} cores busy")
