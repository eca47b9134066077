"""Ten thousand tiny tasks: the way there costs more than the work

x * 2 is done before it could be sent to anybody. For a pool, every chunk of items is pickled, sent
and unpickled, and so are its results; the larger the chunks, the fewer the rounds.

chapter: processes
from: 000_9fcab813c63d2679.txt
cores: 4
clock: virtual
speed: 0.01
"""
from multiprocessing import get_context

from gilscope import check, mark, measure, note, phase


def tiny_task(x):
    return x * 2


def in_pool(data, chunksize=None):
    with get_context("fork").Pool(processes=4) as pool:
        return pool.map(tiny_task, data, chunksize)


if __name__ == "__main__":
    data = list(range(10_000))
    with phase("sequential"), measure() as alone:
        results = [tiny_task(x) for x in data]
    mark("Four workers: four times as fast?")
    with phase("pool"), measure() as pooled:
        mapped = in_pool(data)
    mark("And a thousand of them, each sent on its own?")
    note("Pickle, send, unpickle, run, pickle, send, unpickle: for one x * 2.")
    with phase("chunks of 1"), measure() as one_by_one:
        singly = in_pool(data[:1_000], chunksize=1)

    check(mapped == results and singly == results[:1_000], "the results are the same")
    sequential = alone.seconds - alone.without_core
    ratio = pooled.seconds / sequential
    check(ratio >= 10, f"in 16 chunks the pool takes {ratio:.0f} times as long")
    ratio = 10 * one_by_one.seconds / sequential
    check(ratio >= 10, f"in chunks of 1 it takes {ratio:.0f} times as long a task")
