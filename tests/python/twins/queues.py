"""Queue, LifoQueue, PriorityQueue, SimpleQueue: order, limits, full, task_done"""
import queue
import threading

for kind in queue.Queue, queue.LifoQueue, queue.PriorityQueue:
    q = kind()
    for x in 3, 1, 2:
        q.put(x)
    print(kind.__name__, [q.get() for _ in range(3)])

q = queue.Queue(maxsize=1)
q.put("x")
for call in (lambda: q.put_nowait("y")), (lambda: q.put("y", timeout=0.01)):
    try:
        call()
    except queue.Full:
        print("full")
q.get()
for call in q.get_nowait, lambda: q.get(timeout=0.01):
    try:
        call()
    except queue.Empty:
        print("empty")

simple, total = queue.SimpleQueue(), 0
t = threading.Thread(target=lambda: [simple.put(n) for n in range(100)])
t.start()
for _ in range(100):
    total += simple.get()
t.join()
print(total, simple.empty())

jobs, done = queue.Queue(3), []


def worker():
    while (n := jobs.get()) is not None:
        done.append(n * n)
        jobs.task_done()


workers = [threading.Thread(target=worker, daemon=True) for _ in range(3)]
for t in workers:
    t.start()
for n in range(20):
    jobs.put(n)
jobs.join()
for _ in workers:
    jobs.put(None)
for t in workers:
    t.join()
print(sorted(done) == [n * n for n in range(20)])
try:
    [jobs.task_done() for _ in range(9)]
except ValueError as error:
    print(error)
