"""Several calls on one line before 3.11, where nothing says which of them it is: no name is wrong"""
# run: run --print json
# run: run --clock virtual --print json
# before: 11
# matches: "on":"Queue 1".*"line":32
# matches: "on":"Queue 2".*"line":32
# matches: "on":"lock".*"line":36
# matches: "on":"two".*"line":41
# never: "on":"lifo"
# never: "on":"n"
import queue
import threading
import time


def later(*steps):
    def run():
        for step in steps:
            time.sleep(0.01)
            step()

    threading.Thread(target=run).start()


lifo = queue.LifoQueue(); simple = queue.SimpleQueue()
n = len("x"); lock = threading.Lock()
one = queue.Queue(); two = threading.Event()



later(lambda: lifo.put(1), lambda: simple.put(1))
lifo.get(); simple.get()

lock.acquire()
later(lock.release)
n = len("x"); lock.acquire()

later(two.set)

if one.empty():
    two.wait()
