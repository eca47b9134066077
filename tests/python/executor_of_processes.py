"""An executor of forked processes; one whose worker is killed is broken"""
# run: run --verify --print none
# run: run --clock virtual --verify --print none
# same: run --clock virtual --print json
import multiprocessing
import os
import signal
import time
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool

import gilscope


def square(n):
    time.sleep(0.05 * n)
    return n * n


def fail(n):
    raise KeyError(n)


def die():
    os.kill(os.getpid(), signal.SIGKILL)


def error_of(future):
    return type(future.exception())


if __name__ == "__main__":
    context = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(3, mp_context=context) as executor:
        gilscope.check(list(executor.map(square, range(4))) == [0, 1, 4, 9], "map")
        futures = [executor.submit(square, n) for n in (7, 1, 4)]
        done = [future.result() for future in as_completed(futures)]
        gilscope.check(done == [1, 16, 49], "the shortest is done first")
        gilscope.check(error_of(executor.submit(fail, 1)) is KeyError, "an error comes back")
    with ProcessPoolExecutor(2, mp_context=context) as executor:
        gilscope.check(error_of(executor.submit(die)) is BrokenProcessPool, "a worker is killed")
