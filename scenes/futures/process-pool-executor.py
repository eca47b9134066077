"""Eight sums of squares by four processes

The same executor, with processes for workers: each has a GIL of its own, so they compute at the
same time, and the eight sums take as long as two on four cores.

chapter: futures
from: 001_cdf4b8e4eda2782e.txt, 003_ed71112cefb9b003.txt
cores: 4
clock: virtual
speed: 0.05
"""
import multiprocessing
import os
import time
from concurrent.futures import ProcessPoolExecutor

from gilscope import check, label, mark, measure, note, phase

N = 800_000
context = multiprocessing.get_context("fork")


def cpu_intensive(n):
    """The sum, and how long it took alone: computing, or without a core that others had."""
    before = time.process_time()
    with label("sum"), measure() as took:
        total = sum(i * i for i in range(n))
    return total, time.process_time() - before + took.without_core


if __name__ == "__main__":
    with phase("one"):
        expected, _ = cpu_intensive(N)
    check(expected == (N - 1) * N * (2 * N - 1) // 6, f"a sum is the formula's: {expected}")
    mark("How many such sums at a time do four workers compute?")
    note("Each worker has a GIL lane of its own, and takes the next sum when it has one.")
    with ProcessPoolExecutor(max_workers=4, mp_context=context) as executor:
        list(executor.map(abs, range(4)))  # now the workers are there
        with phase("eight"), measure() as took:
            sums, seconds = zip(*executor.map(cpu_intensive, [N] * 8))
    check(sums == (expected,) * 8, "the eight sums agree")
    cores = min(4, os.cpu_count())
    speedup = sum(seconds) / (took.seconds - took.without_core)
    check(speedup > 0.85 * cores, f"{speedup:.2f} times as fast as one after the other")
