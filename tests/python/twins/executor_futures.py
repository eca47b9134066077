"""as_completed, wait FIRST_COMPLETED, cancel, callbacks, initializer"""
import threading
import time
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, as_completed, wait

local = threading.local()


def begin():
    local.name = "begun"


def after(s):
    time.sleep(s)
    return s, local.name


with ThreadPoolExecutor(3, initializer=begin) as pool:
    futures = [pool.submit(after, s) for s in (0.45, 0.15, 0.3)]
    print([f.result() for f in as_completed(futures)])
    futures = [pool.submit(after, s) for s in (0.5, 0.02)]
    done, pending = wait(futures, return_when=FIRST_COMPLETED)
    print(len(done), len(pending), done.pop().result())
    gate = threading.Event()
    for _ in range(3):
        pool.submit(gate.wait)
    last = pool.submit(print, "never")
    last.add_done_callback(lambda f: print("cancelled:", f.cancelled()))
    print(last.cancel())
    gate.set()
