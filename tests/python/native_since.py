"""That a thread computes outside the interpreter is told when another one takes its GIL: since when, too"""
# run: run --clock real --print text
# matches: hasher is there for .* (8[0-9]|9[0-9]|100) % native
import hashlib
import threading
import time

data = bytes(100_000_000)
begin = time.perf_counter()
hashlib.sha256(data)
half = (time.perf_counter() - begin) / 2


def compute():
    # The others are away by then: nobody notices that it lets the GIL go.
    time.sleep(0.005)
    hashlib.sha256(data)


def wake():
    time.sleep(0.005 + half)


threads = [threading.Thread(target=compute, name="hasher"), threading.Thread(target=wake)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
