"""Two locks of one name, in a circle, while a third thread ends last: told apart, and never got"""
# run: run --clock virtual --verify --print text
# same: run --clock virtual --print json
# status: 1
# says: waits for lock #2 (line 21), which Thread-2 (transfer) holds, and never gets on.
# says: waits for lock (line 21), which Thread-1 (transfer) holds, and never gets on.
# matches: Deadlock: Thread-2 \(transfer\) waits for lock \(line 21\), which Thread-1 \(transfer\) holds; Thread-1 \(transfer\) waits for lock #2 \(line 21\), which Thread-2
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
threading.Thread(target=transfer, args=(a, b)).start()
threading.Thread(target=transfer, args=(b, a)).start()
time.sleep(0.1)
