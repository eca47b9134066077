"""Producer and consumer: a queue between two processes

put() hands an item to a thread of the producer's own, which pickles it and writes it into a pipe;
get() reads it in the other process. None says that there is no more.

chapter: processes
from: 001_cdf4b8e4eda2782e.txt
cores: 4
clock: virtual
speed: 0.01
"""
import time
from multiprocessing import get_context

from gilscope import check, label, mark, note

context = get_context("fork")


def producer(queue):
    for i in range(10):
        with label(f"make {i}"):
            time.sleep(0.002)
        queue.put(i)
    queue.put(None)  # sentinel


def consumer(queue, processed):
    while True:
        item = queue.get()
        if item is None:
            break
        print(f"Processing: {item}")
        with label(f"item {item}"):
            time.sleep(0.003)
        processed.put(item)


if __name__ == "__main__":
    q, processed = context.Queue(), context.SimpleQueue()
    p1 = context.Process(target=producer, args=(q,), name="producer")
    p2 = context.Process(target=consumer, args=(q, processed), name="consumer")
    note("QueueFeederThread does the sending; unfold the producer to see it.")
    p1.start()
    p2.start()
    p1.join()
    mark("The producer has ended, and the consumer still has work.")
    p2.join()
    items = [processed.get() for _ in range(10)]
    check(items == list(range(10)), "every item came once, in the order of the puts")
    check(p1.exitcode == 0 and p2.exitcode == 0, "both ended")
