"""Four processes by hand, then a Pool

Four tasks in four processes that are made for them, then by a Pool of four workers: as fast, and
less to write. What a Pool is for shows with eight tasks: its workers take another one.

chapter: processes
from: 000_9fcab813c63d2679.txt
cores: 4
clock: virtual
speed: 0.02
"""
import os
from collections import Counter
from multiprocessing import get_context

import gilscope
from gilscope import check, label, mark, measure, note, phase

context = get_context("fork")


def process_chunk(chunk_id):
    with label(f"chunk {chunk_id}"):
        total = 0
        for i in range(500_000):
            total += i * chunk_id
    return total, os.getpid()


def worker(chunk_id, queue):
    queue.put(process_chunk(chunk_id))


def by_hand():
    queue = context.Queue()
    processes = [context.Process(target=worker, args=(i, queue)) for i in range(4)]
    for p in processes:
        p.start()
    for p in processes:
        p.join()
    return [queue.get() for _ in range(4)]


def by_pool(tasks):
    with context.Pool(processes=4) as pool:
        return pool.map(process_chunk, range(tasks))


def totals(results):
    return sorted(total for total, pid in results)


if __name__ == "__main__":
    with phase("by hand"), measure() as manual:
        made = by_hand()
    mark("Now a Pool makes the processes, and hands out the tasks.")
    with phase("pool"), measure() as pooled:
        mapped = by_pool(4)
    check(totals(made) == totals(mapped), "both have the same totals")
    # On a real clock the rest of the machine has a say, in one of them more than in the other.
    most = 2 if gilscope.clock == "real" else 1.1
    ratio = pooled.seconds / manual.seconds
    check(1 / most < ratio < most, f"the pool takes {ratio:.2f} times as long as by hand")

    mark("Eight tasks for four workers.")
    note("Count the processes: no worker is made anew for a task.")
    with phase("8 tasks, 4 workers"):
        tasks_of = Counter(pid for total, pid in by_pool(8))
    check(len(tasks_of) <= 4 and max(tasks_of.values()) > 1,
          f"8 tasks by {len(tasks_of)} workers: {sorted(tasks_of.values())} each")
