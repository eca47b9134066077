"""Shared state: a Value, an Array, a Manager

Processes share no memory unless they ask for it. A Value and an Array lie in memory that all of
them have; a Manager keeps its dict and list in a process of its own, and every access is a message.

chapter: processes
from: 001_cdf4b8e4eda2782e.txt
cores: 4
clock: virtual
speed: 0.01
"""
from multiprocessing import active_children, get_context

from gilscope import check, label, mark, measure, note, phase

context = get_context("fork")


def increment(counter):
    for _ in range(200):
        with counter.get_lock():
            counter.value += 1


def fill(array, i):
    for at in range(i, len(array), 4):
        array[at] = at / 2


def worker(shared_dict, shared_list, i):
    with label(f"worker {i}"):
        shared_dict[i] = i * i
        shared_list.append(i)


def in_four(target, *shared, numbered=True):
    processes = [context.Process(target=target, args=shared + ((i,) if numbered else ()))
                 for i in range(4)]
    for p in processes:
        p.start()
    for p in processes:
        p.join()


def accesses(sequence):
    """How long a hundred of them take."""
    with measure() as took:
        for _ in range(100):
            sequence[0]
    return took.seconds


if __name__ == "__main__":
    counter = context.Value("i", 0)
    with phase("value"):
        in_four(increment, counter, numbered=False)
    check(counter.value == 800, f"4 × 200 increments with the lock: {counter.value}")
    shared_array = context.Array("d", [0.0] * 100)
    with phase("array"):
        in_four(fill, shared_array)
    check(shared_array[:] == [at / 2 for at in range(100)], "the array was filled by all four")

    mark("A manager: whom do its clients wait for?")
    note("A dict for everybody: each access is a question and an answer.")
    with phase("manager"), context.Manager() as manager:
        keepers = [child.name for child in active_children()]
        check(len(keepers) == 1, f"the manager is a process of its own: {keepers[0]}")
        shared_dict, shared_list = manager.dict(), manager.list()
        in_four(worker, shared_dict, shared_list)
        check(dict(shared_dict) == {0: 0, 1: 1, 2: 4, 3: 9}, f"a dict: {shared_dict}")
        check(sorted(shared_list) == [0, 1, 2, 3], "a list: every worker is in it")
        ratio = accesses(shared_list) / accesses(shared_array)
        check(ratio > 3, f"asking the manager takes {ratio:.0f} times as long as looking")
