"""One straggler: how long should a chunk be?

Seventeen items, the first of which takes twenty times as long. Whatever is in a chunk with it has
to wait for it, while the other workers are idle; yet the smaller the chunks, the more rounds.

chapter: processes
from: 000_9fcab813c63d2679.txt
cores: 4
clock: virtual
speed: 0.02
"""
import math
import time
from multiprocessing import get_context

import gilscope
from gilscope import check, label, mark, measure, note, phase

SLOW, FAST = 0.1, 0.005
items = [SLOW] + 16 * [FAST]


class Work:
    """A task that counts how often it is sent: once a round, whatever the chunk."""

    rounds = 0

    def __call__(self, seconds):
        with label("slow" if seconds == SLOW else "item"):
            time.sleep(seconds)

    def __reduce__(self):
        Work.rounds += 1
        return Work, ()


def in_chunks_of(size):
    Work.rounds = 0
    with phase(f"chunks of {size}"), context.Pool(processes=4) as pool, measure() as took:
        pool.map(Work(), items, chunksize=size)
    its_chunk = SLOW + (size - 1) * FAST
    check(Work.rounds == math.ceil(len(items) / size),
          f"chunks of {size}: {Work.rounds} rounds")
    # On a real machine the last worker may get its core late.
    late = SLOW if gilscope.clock == "real" else SLOW / 20
    check(its_chunk <= took.seconds < its_chunk + late,
          f"{took.seconds * 1000:.0f} ms: as long as the slow one's chunk")


if __name__ == "__main__":
    context = get_context("fork")
    in_chunks_of(1)
    mark("Two at a time: who waits for the slow one?")
    in_chunks_of(2)
    mark("One chunk a worker.")
    note("The items beside the slow one come last; three workers are idle.")
    in_chunks_of(math.ceil(len(items) / 4))
