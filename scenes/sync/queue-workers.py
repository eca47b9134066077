"""Four workers, one Queue, and None as the stop signal

Workers take tasks from a queue until they get None. join() returns when each task was called done,
not when the queue is empty.

chapter: sync
from: 001_cdf4b8e4eda2782e.txt
cores: 4
clock: virtual
speed: 0.02
"""
import queue
import threading

from gilscope import check, label, mark, native, note

task_queue = queue.Queue()
processed = []


def process(task):
    with label(f"task {task}"):
        native(0.03)
    processed.append(task)


def worker():
    while True:
        task = task_queue.get()
        if task is None:
            break
        process(task)
        task_queue.task_done()


threads = [threading.Thread(target=worker, name=f"worker {i}") for i in range(1, 5)]
for thread in threads:
    thread.start()
note("Idle workers wait for the queue; each put wakes one.")
for task in range(1, 21):
    task_queue.put(task)
task_queue.join()  # wait for all tasks to complete
mark("All tasks are done, and the workers wait for more.")
check(len(processed) == 20, "join() returned after the last task_done()")

for _ in threads:
    task_queue.put(None)  # stop
for thread in threads:
    thread.join()
check(sorted(processed) == list(range(1, 21)), "every task ran once, and only once")
check(not any(thread.is_alive() for thread in threads), "all four workers ended")
