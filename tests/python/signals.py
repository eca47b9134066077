"""Handlers run in the main thread and end its waits, on both clocks; timers run by the run's own"""
# run: run --print text --verify
# run: run --clock virtual --print text --verify
# says: MainThread prints: all done
# matches: MainThread sleeps \(line 47\) until [0-9.]+ m?s, when a signal interrupts it
# same: run --clock virtual --print json
import os
import select
import signal
import threading
import time

from gilscope import check

come = threading.Event()
got = []


def hear(number, frame):
    got.append(signal.Signals(number).name)
    come.set()


def after(seconds, number):
    threading.Timer(seconds, os.kill, (os.getpid(), number)).start()


for number in (signal.SIGTERM, signal.SIGINT, signal.SIGUSR1, signal.SIGALRM):
    signal.signal(number, hear)
for number in (signal.SIGTERM, signal.SIGINT, signal.SIGUSR1):
    come.clear()
    after(0.05, number)
    check(come.wait(10) and got[-1] == signal.Signals(number).name, "it ends a wait")
check(signal.getsignal(signal.SIGTERM) is hear, "the handler is the program's")
signal.raise_signal(signal.SIGTERM)
check(got.pop() == "SIGTERM", "raised, it has been handled")
signal.pthread_kill(threading.get_ident(), signal.SIGUSR1)
check(got.pop() == "SIGUSR1", "sent to this thread, it has been handled")

# Timers.
start = time.monotonic()
signal.alarm(1)
time.sleep(0.25)
check(signal.alarm(0) == 1, "what was left of the alarm, rounded up")
signal.setitimer(signal.ITIMER_REAL, 0.1, 0.2)
del got[:]
time.sleep(0.4)
left, again = signal.setitimer(signal.ITIMER_REAL, 0)
check(got == ["SIGALRM"] * 2, "two rings in 0.4 s: %s" % got)
check(0 < left < 0.2 and again == 0.2, "what was left of the timer")
check(0.65 <= time.monotonic() - start < 0.9, "sleeps go on behind a handler")
signal.alarm(1)
check(got.pop() and signal.pause() is None and got[-1] == "SIGALRM", "a pause ends by it")

# A handler may raise: then the wait is over.
def give_up(number, frame):
    raise TimeoutError


signal.signal(signal.SIGALRM, give_up)
for wait in (lambda: time.sleep(9), lambda: threading.Event().wait(), threading.Lock().acquire,
             lambda: select.select([os.pipe()[0]], [], []), lambda: os.read(os.pipe()[0], 1)):
    signal.setitimer(signal.ITIMER_REAL, 0.02)
    try:
        wait()
        wait()
        check(False, "it was interrupted")
    except TimeoutError:
        pass

# Blocked ones wait for whoever asks.
signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGUSR2])
os.kill(os.getpid(), signal.SIGUSR2)
check(signal.sigwait([signal.SIGUSR2]) == signal.SIGUSR2, "sigwait")
check(signal.sigtimedwait([signal.SIGUSR2], 0.05) is None, "sigtimedwait, in vain")
print("all done")
