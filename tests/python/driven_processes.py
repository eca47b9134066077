"""Forked processes have lanes of their own, and on the virtual clock the same ones in every run"""
# run: run --print json --verify
# run: run --clock virtual --print json --verify
# same: run --clock virtual --print json
# matches: "kind":"process","name":"process 1"
# matches: "kind":"process","name":"first"
# matches: "kind":"process","name":"ForkPoolWorker-6"
# matches: "type":"output",.*"text":"from the child"
# matches: "type":"output",.*"text":"\[0, -15, -9\]"
# matches: "type":"output",.*"text":"\[0, 1, 4, 9, 16\]"
# matches: "type":"output",.*"text":"6"
import multiprocessing
import os
import time


def square(x):
    return x * x


def put(queue, n):
    for _ in range(n * 1000):
        pass
    queue.put(n)


def sleep(seconds):
    time.sleep(seconds)


if __name__ == "__main__":
    context = multiprocessing.get_context("fork")
    queue = context.Queue()
    processes = [context.Process(target=put, args=(queue, n), name=name)
                 for n, name in ((3, "first"), (1, "second"))]
    for p in processes:
        p.start()
    assert sorted(queue.get() for _ in processes) == [1, 3]
    for p in processes:
        p.join()
    # Killed by the parent: their lanes stop, the clock goes on.
    sleepers = [context.Process(target=sleep, args=(s,)) for s in (0.01, 100, 100)]
    for p in sleepers:
        p.start()
    sleepers[0].join()
    sleepers[1].terminate()
    sleepers[2].kill()
    for p in sleepers:
        p.join()
    print([p.exitcode for p in sleepers], flush=True)
    with context.Pool(2) as pool:
        print(pool.map(square, range(5)), flush=True)
    child = os.fork()
    if child == 0:
        print("from the child", flush=True)
        os.abort()
    print(os.waitpid(child, 0)[1] & 127)
