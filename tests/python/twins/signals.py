"""Signals reach the main thread, whichever runs"""
import os
import signal
import threading
import time

seen = []
signal.signal(signal.SIGUSR1, lambda *_: seen.append(threading.current_thread().name))
t = threading.Thread(target=lambda: os.kill(os.getpid(), signal.SIGUSR1))
t.start()
t.join()
time.sleep(0.01)
print(seen)
signal.raise_signal(signal.SIGUSR1)
print(seen)


def interrupt(*_):
    raise TimeoutError("rung")


signal.signal(signal.SIGALRM, interrupt)
signal.setitimer(signal.ITIMER_REAL, 0.05)
try:
    time.sleep(5)
except TimeoutError as error:
    print(error)
try:
    signal.signal(signal.SIGUSR1, signal.SIG_DFL)
    threading.Thread(target=lambda: signal.signal(signal.SIGUSR1, signal.SIG_DFL)).run()
    print("only in the main thread")
except ValueError as error:
    print(error)
