"""What multiprocessing has, with forked processes, on both clocks"""
# run: run --verify --print none
# run: run --clock virtual --verify --print none
# same: run --clock virtual --print json
import multiprocessing
import os
import sys
import time
import warnings

import gilscope

# A fork beside threads, of which newer ones warn with their process's number.
warnings.simplefilter("ignore", DeprecationWarning)


def count(value, n):
    for _ in range(n):
        value.value += 1


def count_with_lock(value, n):
    for _ in range(n):
        with value.get_lock():
            value.value += 1


def talk(connection):
    for i in range(3):
        connection.send(i * 10)
        connection.recv()


def fill(array, i):
    array[i] = i * i


def fail():
    raise ValueError("told by multiprocessing")


def square(x):
    return x * x


def tick(queue):
    for i in range(3):
        time.sleep(0.01)
        queue.put(i)
    queue.put(None)


def work(queue):
    while True:
        queue.get()
        queue.task_done()


def meet(barrier, event):
    barrier.wait()
    event.set()


def run(*processes):
    for p in processes:
        p.start()
    for p in processes:
        p.join(30)
    return [p.exitcode for p in processes]


if __name__ == "__main__":
    context = multiprocessing.get_context("fork")
    Process = context.Process
    raw, locked = context.Value("i", 0, lock=False), context.Value("i", 0)
    run(*(Process(target=count, args=(raw, 200)) for _ in range(2)))
    run(*(Process(target=count_with_lock, args=(locked, 200)) for _ in range(2)))
    gilscope.check(raw.value <= 400 and locked.value == 400, "values")

    here, there = context.Pipe()
    talker = Process(target=talk, args=(there,))
    talker.start()
    said = []
    for _ in range(3):
        said.append(here.recv())
        here.send("on")
    talker.join()
    gilscope.check(said == [0, 10, 20], "a pipe, both ways")

    array = context.Array("i", 3)
    run(*(Process(target=fill, args=(array, i)) for i in range(3)))
    gilscope.check(array[:] == [0, 1, 4], "an array")

    gilscope.check(run(Process(target=sys.exit, args=(3,)), Process(target=fail)) == [3, 1],
                   "exit codes")
    sleepers = [Process(target=time.sleep, args=(90,)) for _ in range(2)]
    for p in sleepers:
        p.start()
    sleepers[0].terminate()
    sleepers[1].kill()
    for p in sleepers:
        p.join()
    gilscope.check([p.exitcode for p in sleepers] == [-15, -9], "terminate and kill")

    with context.Pool(3) as pool:
        gilscope.check(pool.map(square, range(7), chunksize=2) == [x * x for x in range(7)], "map")
        gilscope.check(pool.apply_async(square, (7,)).get(timeout=30) == 49, "apply_async")
        gilscope.check(sorted(pool.imap_unordered(square, range(3))) == [0, 1, 4], "imap_unordered")
        pool.close()
        pool.join()

    for queue in context.Queue(), context.SimpleQueue():
        ticker = Process(target=tick, args=(queue,))
        ticker.start()
        gilscope.check(list(iter(queue.get, None)) == [0, 1, 2], "a queue")
        ticker.join()
    tasks = context.JoinableQueue()
    Process(target=work, args=(tasks,), daemon=True).start()
    for i in range(4):
        tasks.put(i)
    tasks.join()

    barrier, event = context.Barrier(2), context.Event()
    other = Process(target=meet, args=(barrier, event))
    other.start()
    barrier.wait()
    gilscope.check(event.wait(30), "a barrier and an event")
    other.join()

    child = os.fork()
    if child == 0:
        os._exit(5)
    gilscope.check(os.waitpid(child, 0)[1] >> 8 == 5, "os.fork")
