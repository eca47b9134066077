"""Threads and processes of multiprocessing's own are left out; a ThreadPool's workers are not"""
# run: run --clock virtual
# run: run
# matches: [45] helpers,? folded
# matches: resource_tracker
# says: Thread-1
# never:   Thread-2
# never: Feeder
import multiprocessing
import multiprocessing.pool
import time


def nap(x):
    time.sleep(0.02)
    return x


if __name__ == "__main__":
    with multiprocessing.pool.ThreadPool(1) as threads:
        threads.map(nap, range(2))
    context = multiprocessing.get_context("spawn")
    jobs = context.Queue()
    jobs.put(1)
    jobs.get()
    time.sleep(0.1)
