"""Several calls on one line: each waits for what it is called on, and makes what it is assigned to"""
# run: run --print json
# run: run --clock virtual --print json
# from: 11
# matches: "on":"lifo".*"line":33
# matches: "on":"prio".*"line":33
# matches: "on":"simple".*"line":33
# matches: "on":"lock".*"line":37
# matches: "on":"Future 1".*"on_kind":"future".*"line":40
# matches: "on":"qs\[1\]".*"line":46
# matches: "on":"qs\[0\]".*"line":46
# never: "on":"n"
import queue
import threading
import time
from concurrent.futures import ThreadPoolExecutor


def later(*steps):
    def run():
        for step in steps:
            time.sleep(0.01)
            step()

    threading.Thread(target=run).start()


lifo, n, simple = queue.LifoQueue(), len("x"), queue.SimpleQueue(); prio = queue.PriorityQueue()
n = len("x"); lock = threading.Lock()
qs = [queue.Queue(), queue.Queue()]

later(lambda: lifo.put(1), lambda: prio.put(1), lambda: simple.put(1))
lifo.get(); prio.get(); simple.get()

lock.acquire()
later(lock.release)
n = len("x"); lock.acquire()

with ThreadPoolExecutor(1) as crew:
    simple.put(crew.submit(time.sleep, 0.01).result())

later(lambda: qs[1].put(1), lambda: qs[0].put(1))
results = []
for q in reversed(qs):
    # Told apart, also where another one than the first is waited for first.
    results.append(q.get())
