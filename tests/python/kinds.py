"""Each kind of thing that is waited for is called by its name, and is what it is"""
# run: run --print json --verify
# run: run --clock virtual --print json --verify
# matches: "waiting","on":"journal",.*"on_kind":"lock"
# matches: "waiting","on":"again",.*"on_kind":"rlock"
# matches: "waiting","on":"changed",.*"on_kind":"condition"
# matches: "waiting","on":"cond",.*"on_kind":"rlock"
# matches: "waiting","on":"ready",.*"on_kind":"event"
# matches: "waiting","on":"seats",.*"on_kind":"semaphore"
# matches: "waiting","on":"rooms",.*"on_kind":"semaphore"
# matches: "waiting","on":"meet",.*"on_kind":"barrier"
# matches: "waiting","on":"jobs",.*"on_kind":"queue"
# matches: "waiting","on":"jobs",.*"on_kind":"room"
# matches: "waiting","on":"jobs",.*"on_kind":"tasks"
# matches: "waiting","on":"stack",.*"on_kind":"queue"
# matches: "waiting","on":"simple",.*"on_kind":"queue"
# matches: "waiting","on":"answer",.*"on_kind":"future"
# matches: "waiting","on":"worker",.*"on_kind":"thread"
# matches: "waiting","on":"Lock 1",.*"on_kind":"lock"
# says: every invariant holds
import queue
import threading
import time
from concurrent.futures import Future


class Shop:
    def __init__(self):
        self.cond = threading.Condition()


class Stack(queue.LifoQueue):
    pass


journal, again = threading.Lock(), threading.RLock()
changed: threading.Condition = threading.Condition()
ready = threading.Event()
seats = threading.Semaphore(0)
rooms = threading.BoundedSemaphore(1)
meet = threading.Barrier(2)
jobs = queue.Queue(1)
stack = Stack()
simple = queue.SimpleQueue()
answer = Future()
shop = Shop()
locks = {}
arrived = []
locks.setdefault("one", threading.Lock())


def wait_for_all():
    step.acquire()
    for call in (journal.acquire, again.acquire, shop.cond.acquire, wait_for_change, ready.wait,
                 seats.acquire, rooms.acquire, meet.wait, jobs.get, fill, jobs.join, stack.get,
                 lambda: simple.get(), answer.result, locks["one"].acquire):
        arrived.append(call)
        call()


def wait_for_change():
    shop.cond.release()
    with changed:
        changed.wait()


def fill():
    jobs.task_done()
    jobs.put(1)
    jobs.put(2)


def notify():
    with changed:
        changed.notify_all()


def take():
    jobs.get()
    jobs.task_done()


def done():
    jobs.get()
    jobs.task_done()


step = threading.Lock()
step.acquire()
journal.acquire()
again.acquire()
shop.cond.acquire()
rooms.acquire()
locks["one"].acquire()
worker = threading.Thread(target=wait_for_all, name="worker")
worker.start()
step.release()
for i, call in enumerate((
        journal.release, again.release, shop.cond.release, notify, ready.set, seats.release,
        rooms.release, meet.wait, lambda: jobs.put(0), take, done, lambda: stack.put(1),
        lambda: simple.put(1), lambda: answer.set_result(1), locks["one"].release)):
    while len(arrived) <= i:
        time.sleep(0.01)
    time.sleep(0.05)
    call()
worker.join()
