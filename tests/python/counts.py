"""Units that nobody gives back, a barrier short of one, a queue that nobody empties, tasks not done

expect: stall
"""
# run: run --verify --print json
# run: run --clock virtual --verify --print json
# same: run --clock virtual --print json
# status: 1
# says: MainThread waits for slots (line 88): of its 3 units first had 1 when it ended, second has 2.
# says: second waits for the others to arrive at gate (line 59): 2 of 3 are there.
# says: puts waits for room in full (line 64): it is full, and nobody is left who could take an item.
# says: 3 of 5 are not done: worker took 1 and ended with an error, nobody took the 2 in the queue.
# matches: "type":"held","owner":4,"on":"slots",.*"line":51,
# matches: "type":"held",.*"on":"jobs",.*"on_kind":"tasks",.*"line":71,
# matches: "type":"counter",.*"on":"jobs",.*"value":5
# matches: "type":"counter",.*"on":"jobs",.*"value":2
# never: "on":"briefly"
# never: "on":"once"
# says: every invariant holds
import queue
import threading

slots = threading.BoundedSemaphore(3)
briefly = threading.Semaphore()
gate = threading.Barrier(3)
full = queue.LifoQueue(1)
jobs = queue.Queue()


class Once(queue.Queue):
    """has no list of the library's"""

    def _init(self, size):
        self.seen = {}

    def _qsize(self):
        return len(self.seen)

    def _put(self, item):
        self.seen[item] = True

    def _get(self):
        return self.seen.popitem()[0]


once = Once()


def first():
    for _ in range(3):
        slots.acquire()
    slots.release()
    slots.release()


def second():
    with slots:
        slots.acquire()
        gate.wait()


def put():
    full.put(1)
    full.put(2)


def work():
    for _ in range(2):
        jobs.get()
        jobs.task_done()
    raise ValueError(jobs.get())


def run(name, target):
    thread = threading.Thread(target=target, name=name)
    thread.start()
    return thread


with briefly:
    for n in range(5):
        jobs.put(n)
        once.put(n % 2)
for name, target in ("first", first), ("worker", work):
    run(name, target).join()
for name, target in ("three", gate.wait), ("puts", put), ("second", second), ("joins", jobs.join):
    run(name, target)
slots.acquire()
