"""What is waited for is called as the source calls it"""
# run: run --print json --verify
# matches: "state":"waiting","on":"tasks"
# matches: "state":"waiting","on":"ready",.*"line":27
# matches: "state":"waiting","on":"full",.*"line":28
# matches: "state":"waiting","on":"worker",.*"line":44
# matches: "kind":"thread","name":"worker"
import queue
import threading
import time

tasks = queue.Queue()
ready = threading.Event()
full = threading.Semaphore(0)


def work():
    while tasks.get() is not None:
        pass
    time.sleep(0.02)





def wait():
    ready.wait()
    full.acquire()


worker = threading.Thread(target=work, name="worker")
waiter = threading.Thread(target=wait, name="waiter")
worker.start()
waiter.start()
time.sleep(0.05)
tasks.put(1)
ready.set()
time.sleep(0.05)
full.release()
tasks.put(None)
waiter.join()


worker.join()
