"""Semaphore and BoundedSemaphore: never more than three inside, release(n), one too many"""
import threading
import time

gate, inside, most = threading.Semaphore(3), 0, 0
lock = threading.Lock()


def work():
    global inside, most
    with gate:
        with lock:
            inside += 1
            most = max(most, inside)
        time.sleep(0.01)
        with lock:
            inside -= 1


threads = [threading.Thread(target=work) for _ in range(12)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print("most", most, "left", gate._value)
gate.release(2)
print(gate._value, gate.acquire(blocking=False), gate.acquire(timeout=0.001))
bounded = threading.BoundedSemaphore(1)
try:
    bounded.release()
except ValueError as error:
    print(error)
