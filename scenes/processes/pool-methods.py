"""A pool's methods: map, imap, starmap, apply_async

The primes between 1 000 000 and 1 001 000, by each way of a pool to hand out work: all results at
once, as they come, with several arguments, and one call with a time limit.

chapter: processes
from: 001_cdf4b8e4eda2782e.txt
cores: 4
clock: virtual
speed: 0.02
"""
import math
import multiprocessing
import time

from gilscope import check, mark, note, phase


def is_prime(n):
    if n < 2:
        return False
    if n == 2:
        return True
    if n % 2 == 0:
        return False
    for i in range(3, int(math.sqrt(n)) + 1, 2):
        if n % i == 0:
            return False
    return True


def count_primes(first, last):
    return sum(1 for n in range(first, last) if is_prime(n))


def heavy_computation(seconds):
    time.sleep(seconds)


if __name__ == "__main__":
    numbers = list(range(1_000_000, 1_001_000))
    with phase("sequential"):
        primes = [is_prime(n) for n in numbers]

    with multiprocessing.get_context("fork").Pool(processes=4) as pool:
        with phase("map"):
            check(pool.map(is_prime, numbers) == primes, "map: as one after the other")
        mark("imap gives each result as soon as those before it are there.")
        with phase("imap"):
            results = pool.imap(is_prime, numbers, chunksize=100)
            check(list(results) == primes, "imap in chunks of 100: in the same order")
        with phase("starmap"):
            ranges = [(first, first + 250) for first in numbers[::250]]
            counts = pool.starmap(count_primes, ranges)
            check(sum(counts) == sum(primes), f"starmap: {sum(counts)} primes in 4 ranges")
        mark("What becomes of a task when nobody wants to wait for it any longer?")
        note("get() gives up after its limit; the worker goes on.")
        with phase("apply_async"):
            future = pool.apply_async(heavy_computation, args=(0.1,))
            try:
                future.get(timeout=0.05)
                in_time = True
            except multiprocessing.TimeoutError:
                in_time = False
            check(not in_time, "get(timeout=0.05) raises TimeoutError")
            future.wait()
            check(future.successful(), "the task was done all the same")
