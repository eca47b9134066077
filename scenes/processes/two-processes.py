"""Two processes: each has a GIL of its own

The same task twice, one after the other and then in two processes. Each process has an interpreter
and a GIL of its own: on two cores that takes half as long, which two threads never manage.
(The document's loop goes to 50 000 000, as it does here with "-- 50000000".)

chapter: processes
from: 000_9fcab813c63d2679.txt, 003_ed71112cefb9b003.txt
cores: 4
clock: virtual
speed: 0.05
"""
import os
import sys
from multiprocessing import get_context

import gilscope
from gilscope import check, label, mark, measure, note, phase

last = int(sys.argv[1]) if len(sys.argv) > 1 else 2_000_000
context = get_context("fork")


def cpu_intensive_task(name, results):
    with label(name), measure() as took:
        count = 0
        for i in range(last):
            count += i
    results.put((count, took.without_core))


def sequential(results):
    cpu_intensive_task("Task 1", results)
    cpu_intensive_task("Task 2", results)


def parallel(results):
    p1 = context.Process(target=cpu_intensive_task, args=("Task 1", results))
    p2 = context.Process(target=cpu_intensive_task, args=("Task 2", results))
    p1.start()
    p2.start()
    p1.join()
    p2.join()


if __name__ == "__main__":
    queue = context.SimpleQueue()
    with phase("sequential"), measure() as alone:
        sequential(queue)
    mark("Now the same in two processes: how long will it take?")
    note("Two GIL lanes, and both have an owner all the time.")
    with phase("parallel"), measure() as together:
        parallel(queue)

    counts, lost = zip(*[queue.get() for _ in range(4)])
    check(set(counts) == {last * (last - 1) // 2}, f"the four sums agree: {counts[0]}")
    # Two cores of a real machine may be two halves of one, and other programs want them, too: that
    # time does not count.
    cores = min(2, os.cpu_count())
    least = 0.6 if gilscope.clock == "real" else 0.95
    one_by_one = alone.seconds - alone.without_core
    at_once = together.seconds - together.without_core - max(lost[2:])
    check(one_by_one / at_once > least * cores,
          f"two processes are {one_by_one / at_once:.2f} times as fast")
