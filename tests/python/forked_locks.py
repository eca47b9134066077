"""A lock that is forked while it is held is two locks: nobody of one process meets one of the other"""
# run: run --verify --print json
# run: run --clock virtual --verify --print json
# matches: "type":"held","owner":3,"on":"till",.*"end":([2-9]|[0-9]{2})[0-9]{8},"line":20
# says: "text":"taken again"
# says: "text":"taken by clerk"
# says: "text":"child ended with 0"
import os
import threading
import time

till = threading.Lock()


def take(name):
    with till:
        print("taken by", name, flush=True)


till.acquire()
waiter = threading.Thread(target=take, args=("waiter",))
waiter.start()
time.sleep(0.05)
print("held", flush=True)
child = os.fork()
if child == 0:
    clerk = threading.Thread(target=take, args=("clerk",))
    clerk.start()
    time.sleep(0.05)
    till.release()
    clerk.join()
    till.acquire()
    print("taken again", flush=True)
    time.sleep(0.2)
    os._exit(0)
print("child ended with", os.waitpid(child, 0)[1], flush=True)
till.release()
waiter.join()
