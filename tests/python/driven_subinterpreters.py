"""On the virtual clock lines cost the same in every interpreter, and its threads take turns"""
# run: run --clock virtual --verify
# same: run --clock virtual --print json
import threading
import time

import gilscope

try:
    import _interpreters as interpreters
except ImportError:
    import _xxsubinterpreters as interpreters

LOOP = "total = 0\nfor i in range(200000):\n    total += i"


def takes(work):
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def loop():
    total = 0
    for i in range(200000):
        total += i


one = interpreters.create()
here = takes(loop)
there = takes(lambda: interpreters.run_string(one, LOOP))
again = takes(lambda: interpreters.run_string(one, LOOP))
gilscope.check(0.02 <= here < 0.021, "two lines a round")
gilscope.check(abs(here - there) < 0.001, "in another interpreter they cost the same")
gilscope.check(abs(here - again) < 0.001, "and the second time")
gilscope.check(abs(here - takes(loop)) < 0.001, "and here behind it")
interpreters.destroy(one)


def work():
    mine = interpreters.create()
    interpreters.run_string(mine, LOOP)
    interpreters.destroy(mine)


threads = [threading.Thread(target=work) for _ in range(2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
