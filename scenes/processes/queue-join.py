"""Join before get: a process does not end while its data is unread

put() leaves the sending to a thread, the feeder, and a process waits for its feeder before it ends.
If the data fits into the pipe, that is no matter. If not, the feeder waits for somebody who reads,
while the only reader waits for the process: for ever, without a time limit. So: get(), then join().

chapter: processes
from: 001_cdf4b8e4eda2782e.txt
cores: 4
clock: virtual
speed: 0.05
"""
from multiprocessing import get_context

from gilscope import check, mark, note, phase

context = get_context("fork")


def producer(queue, size):
    queue.put(b"x" * size)


def start(size):
    queue = context.Queue()
    p = context.Process(target=producer, args=(queue, size), name=f"producer of {size // 1000} KB")
    p.start()
    return queue, p


if __name__ == "__main__":
    with phase("30 KB"):
        small, p = start(30_000)
        p.join()
        check(p.exitcode == 0 and len(small.get()) == 30_000, "30 KB: join() returns, then get()")
    mark("And 200 KB? A pipe has room for 64.")
    with phase("200 KB"):
        large, p = start(200_000)
        note("The producer's last line is done, and its feeder writes into a full pipe.")
        p.join(timeout=0.1)
        check(p.is_alive(), "200 KB: join() gave up, and would have waited for ever")
        mark("Now somebody reads.")
        check(len(large.get()) == 200_000, "get() has them all")
        p.join()
        check(p.exitcode == 0, "and now the producer ends")
