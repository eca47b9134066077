"""Generators, context managers and caches across threads"""
import contextlib
import functools
import itertools
import threading

counter, lock = itertools.count(), threading.Lock()


@functools.lru_cache(maxsize=None)
def square(n):
    return n * n


def numbers():
    while True:
        with lock:
            n = next(counter)
        if n >= 100:
            return
        yield n


totals = []


@contextlib.contextmanager
def telling(what):
    yield
    totals.append(what)


def work():
    with telling("done"):
        totals.append(sum(square(n) for n in numbers()))


threads = [threading.Thread(target=work) for _ in range(4)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(sum(t for t in totals if t != "done"), totals.count("done"))
