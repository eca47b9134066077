"""On the virtual clock workers take tasks from a queue in the same order every time"""
# run: run --clock virtual --verify
# same: run --clock virtual --print json
import queue
import threading

import gilscope

jobs, done = queue.Queue(), []


def worker():
    while True:
        n = jobs.get()
        if n is None:
            break
        for _ in range(n * 300):
            pass
        done.append(n)
        jobs.task_done()


threads = [threading.Thread(target=worker, name=f"worker {i}") for i in range(4)]
for t in threads:
    t.start()
for n in range(1, 30):
    jobs.put(n)
jobs.join()
for t in threads:
    jobs.put(None)
for t in threads:
    t.join()
gilscope.check(sorted(done) == list(range(1, 30)), "each task is done once")
