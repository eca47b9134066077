"""64 processes of 4 threads each, on one clock: every run is the same"""
# run: run --clock virtual --print none --verify
# same: run --clock virtual --print json
import multiprocessing
import threading

import gilscope


def count(value, lock):
    for _ in range(3):
        with lock:
            value.value += 1


def in_threads(value):
    lock = threading.Lock()
    own = multiprocessing.Value("i", 0, lock=False)
    threads = [threading.Thread(target=count, args=(own, lock)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with value.get_lock():
        value.value += own.value


if __name__ == "__main__":
    context = multiprocessing.get_context("fork")
    total = context.Value("i", 0)
    processes = [context.Process(target=in_threads, args=(total,)) for _ in range(64)]
    for p in processes:
        p.start()
    for p in processes:
        p.join()
    gilscope.check(total.value == 64 * 4 * 3, "every thread of every process counted")
