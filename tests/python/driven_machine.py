"""On the virtual clock native code costs what it says, on the cores that were asked for"""
# run: run --clock virtual --cores 2 --interval 2 --verify
# same: run --clock virtual --cores 2 --interval 2 --print json
import multiprocessing
import os
import sys
import threading
import time

import gilscope


def compute():
    gilscope.native(0.1)


def took(threads):
    with gilscope.measure() as together:
        crew = [threading.Thread(target=compute) for _ in range(threads)]
        for t in crew:
            t.start()
        for t in crew:
            t.join()
    return together.seconds


with gilscope.measure() as alone:
    compute()
gilscope.check(0.1 <= alone.seconds < 0.1001, "one after the other")
gilscope.check(0.1 <= time.process_time() < 0.1002, "which is processor time")
gilscope.check(0.1 <= took(2) < 0.101, "two at once on two cores")
gilscope.check(0.2 <= took(4) < 0.202, "four take turns")
gilscope.check(os.cpu_count() == multiprocessing.cpu_count() == 2, "two cores")
gilscope.check(len(os.sched_getaffinity(0)) == 2, "two to run on")
gilscope.check(gilscope.clock == "virtual", "it says which clock it is")
gilscope.check(sys.getswitchinterval() == 0.002, "the interval")
