"""Two locks of one name, in a circle, while a third thread ends last: told apart, and never got"""
# run: run --clock virtual --verify --print text
# same: run --clock virtual --print json
# status: 1
# says: waits for lock #2 (line 21), which two holds, and never gets on.
# says: waits for lock (line 21), which one holds, and never gets on.
# matches: Deadlock: two waits for lock \(line 21\), which one holds; one waits for lock #2 \(line 21\), which two holds
# says: every invariant holds
import threading
import time


class Account:
    def __init__(self):
        self.lock = threading.Lock()


def transfer(one, other):
    with one.lock:
        time.sleep(0.01)
        with other.lock:
            pass


a, b = Account(), Account()
threading.Thread(target=transfer, args=(a, b), name="one").start()
threading.Thread(target=transfer, args=(b, a), name="two").start()
time.sleep(0.1)
