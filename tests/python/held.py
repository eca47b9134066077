"""Who has a lock is told: of a Lock, an RLock, a Condition's, and the one that is made inside"""
# run: run --print json --verify
# run: run --clock virtual --print json --verify
# matches: "type":"held","owner":4,"on":"journal","on_id":[0-9]+,"on_kind":"lock",.*"line":36
# matches: "type":"held","owner":5,"on":"journal","on_id":[0-9]+,"on_kind":"lock",.*"line":43
# matches: "type":"held","owner":4,"on":"again","on_id":[0-9]+,"on_kind":"rlock",.*"line":36
# matches: "type":"held","owner":4,"on":"changed","on_id":[0-9]+,"on_kind":"rlock",.*"line":36
# matches: "type":"held","owner":4,"on":"first",.*"on_kind":"lock",.*"line":38
# matches: "type":"held","owner":4,"on":"second",.*"on_kind":"lock",.*"line":38
# matches: "type":"held","owner":4,"on":"shelf","on_id":[0-9]+,"on_kind":"lock",.*"line":40
# never: "on":"quiet"
# never: "type":"held","owner":3
# says: every invariant holds
import threading
import time


class Shop:
    def __init__(self):
        self.shelf = threading.Lock()


journal = threading.Lock()
again = threading.RLock()
changed = threading.Condition()
first, second = threading.Lock(), threading.Lock()
shop = Shop()
quiet = threading.Lock()
begun = threading.Event()


def keep():
    begun.set()
    with quiet:
        pass
    with journal, again, changed:
        time.sleep(0.02)
    with first, second:
        time.sleep(0.001)
    with shop.shelf:
        time.sleep(0.001)
def want():
    with journal:
        time.sleep(0.001)


keeper = threading.Thread(target=keep, name="keeper")
keeper.start()
begun.wait()
time.sleep(0.001)
wanter = threading.Thread(target=want, name="wanter")
wanter.start()
keeper.join()
wanter.join()
