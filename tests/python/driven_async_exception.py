"""On the virtual clock a thread goes on while an exception waits for another one"""
# run: run --clock virtual --verify
# same: run --clock virtual --print json
import ctypes
import threading
import time

import gilscope

throw = ctypes.pythonapi.PyThreadState_SetAsyncExc
throw.argtypes = (ctypes.c_ulong, ctypes.py_object)


def work():
    try:
        while True:
            time.sleep(0.1)
    except KeyError:
        pass


def end(thread):
    return throw(thread.ident, KeyError)


def call(x):
    return x


worker = threading.Thread(target=work)
worker.start()
start = time.perf_counter()
throw(worker.ident, KeyError)
for _ in range(100):
    call(0)
worker.join()
gilscope.check(0.09 < time.perf_counter() - start < 0.11, "it ended once it had slept")

worker = threading.Thread(target=work)
worker.start()
gilscope.check(call(end(worker)) == 1, "a call in the same line goes on as well")
worker.join()
