"""A pool that waits for itself

A task that submits another one to its own pool and waits for it holds a worker meanwhile. With two
workers there is one left to do it. But a task of depth 2 needs three, and a pool of one worker
cannot even do depth 1: the only one that could waits for it.

chapter: futures
from: 001_cdf4b8e4eda2782e.txt
cores: 2
clock: virtual
speed: 0.2
expect: stall
"""
import time
from concurrent.futures import ThreadPoolExecutor, TimeoutError

from gilscope import check, label, mark, note, phase


def task(pool, depth, limit):
    with label(f"depth {depth}"):
        time.sleep(0.05)
    if depth == 0:
        return 0
    inner = pool.submit(task, pool, depth - 1, limit)
    return inner.result(timeout=limit) + 1


with phase("2 workers, depth 1"), ThreadPoolExecutor(2) as two:
    check(two.submit(task, two, 1, None).result() == 1, "two workers: depth 1 is done")

mark("And depth 2? Who waits gives up after half a second here.")
with phase("2 workers, depth 2"), ThreadPoolExecutor(2) as two:
    outer = two.submit(task, two, 2, 0.5)
    check(isinstance(outer.exception(), TimeoutError), "two workers: depth 2 is never done")

mark("One worker, depth 1, and no time limit.")
note("The worker waits for a future that nobody but the worker could make done.")
with ThreadPoolExecutor(1) as one:
    outer = one.submit(task, one, 1, None)
    outer.result()
check(False, "never reached: the pool waits for itself")
