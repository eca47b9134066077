"""One function, three executors

What is handed to an executor need not know which one it is: threads, processes or, from Python 3.14
on, interpreters. The results are the same. What differs is how long work takes that computes: only
threads share a GIL.

chapter: futures
from: 002_c43905b1571a6008.txt
cores: 4
clock: virtual
speed: 0.05
"""
import concurrent.futures
import multiprocessing
import os
import time

from gilscope import check, mark, measure, note, phase


def work(item):
    """The result, for how long a core was busy with it, and for how long others had the cores."""
    before = time.thread_time()
    with measure() as took:
        total = 0
        for i in range(800_000):
            total += i * item
    return total, time.thread_time() - before, took.without_core


def map_with(executor):
    """The results, and how many times as fast as one after the other."""
    with executor:
        list(executor.map(abs, range(4)))  # now the workers are there
        with phase(type(executor).__name__), measure() as took:
            results, busy, lost = zip(*executor.map(work, range(4)))
    # What others have of a real machine's cores does not count; but who waits for a GIL wants none.
    if type(executor) is not concurrent.futures.ThreadPoolExecutor:
        busy += lost
    return results, sum(busy) / (took.seconds - took.without_core)


def executors():
    yield concurrent.futures.ThreadPoolExecutor(max_workers=4)
    mark("The same with processes.")
    context = multiprocessing.get_context("fork")
    yield concurrent.futures.ProcessPoolExecutor(max_workers=4, mp_context=context)
    if hasattr(concurrent.futures, "InterpreterPoolExecutor"):
        yield concurrent.futures.InterpreterPoolExecutor(max_workers=4)


if __name__ == "__main__":
    expected = tuple(sum(i * item for i in range(800_000)) for item in range(4))
    cores = min(4, os.cpu_count())
    note("Threads take turns: they have one GIL between them.")
    for executor in executors():
        name = type(executor).__name__
        results, speedup = map_with(executor)
        check(results == expected, f"{name}: the same results")
        if name == "ThreadPoolExecutor":
            check(speedup < 1.2, f"{name}: {speedup:.2f} times as fast, which is no faster")
        else:
            check(speedup > 0.8 * cores, f"{name}: {speedup:.2f} times as fast")
