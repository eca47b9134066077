"""A worker is killed: a Pool waits, an executor says so

Out of memory, or a crash in a library: a worker is gone in the middle of its task. A Pool replaces
it and works on, but the task is lost, and its get() never returns. A ProcessPoolExecutor is broken
then: every future that is not done says so, at once.

chapter: processes
from: 001_cdf4b8e4eda2782e.txt
cores: 4
clock: virtual
speed: 0.05
"""
import multiprocessing
import os
import signal
import time
from concurrent.futures import ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool

from gilscope import check, label, mark, note, phase

context = multiprocessing.get_context("fork")


def crash():
    with label("crash"):
        time.sleep(0.02)
        os.kill(os.getpid(), signal.SIGKILL)


def work(seconds):
    with label("work"):
        time.sleep(seconds)
    return seconds


if __name__ == "__main__":
    with phase("Pool"), context.Pool(2) as pool:
        workers = {child.pid for child in multiprocessing.active_children()}
        lost, kept = pool.apply_async(crash), pool.apply_async(work, (0.1,))
        check(kept.get() == 0.1, "the other worker's task is done")
        note("Who could set the result? The one that had the task is gone.")
        try:
            lost.get(timeout=0.3)
        except multiprocessing.TimeoutError:
            check(True, "get() would wait for ever: it gave up after 0.3 s")
        now = {child.pid for child in multiprocessing.active_children()}
        check(len(now - workers) == 1 and len(now) == 2, "another worker has taken the place")
        check(pool.apply(work, (0.01,)) == 0.01, "the pool works on")

    mark("The same in an executor: who waits now?")
    with phase("ProcessPoolExecutor"), ProcessPoolExecutor(2, mp_context=context) as executor:
        futures = [executor.submit(crash)] + [executor.submit(work, 0.1) for _ in range(4)]
        wait(futures)
        check(all(isinstance(future.exception(), BrokenProcessPool) for future in futures),
              "every future is a BrokenProcessPool")
