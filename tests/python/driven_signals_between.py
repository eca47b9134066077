"""Signals from one process to another, and its timers, come at their place on the clock"""
# run: run --clock virtual --verify --print none
# same: run --clock virtual --print json
import os
import signal
import threading
import time

import gilscope

heard = []


def hear(number, frame):
    heard.append((number, round(time.perf_counter(), 2)))


def await_signals():
    start = round(time.perf_counter(), 2)
    signal.signal(signal.SIGUSR1, hear)
    signal.signal(signal.SIGALRM, hear)
    signal.setitimer(signal.ITIMER_REAL, 0.1, 0.1)
    time.sleep(0.25)
    signal.setitimer(signal.ITIMER_REAL, 0)
    signal.pause()
    gaps = [(number, round(at - start, 2)) for number, at in heard]
    wanted = [(signal.SIGALRM, 0.1), (signal.SIGALRM, 0.2), (signal.SIGUSR1, 0.5)]
    return 0 if gaps == wanted else 1


def end_of(child):
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


child = os.fork()
if child == 0:
    os._exit(await_signals())
time.sleep(0.5)
os.kill(child, signal.SIGUSR1)
gilscope.check(end_of(child) == 0, "each comes at its time")

child = os.fork()
if child == 0:
    signal.alarm(1)
    threading.Thread(target=time.sleep, args=(50,)).start()
    time.sleep(30)
start = time.perf_counter()
gilscope.check(end_of(child) == -signal.SIGALRM, "an alarm that nobody handles ends its process")
gilscope.check(0.99 < time.perf_counter() - start < 1.01, "… when it rings")
