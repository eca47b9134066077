"""Event: set before, set during, a limit, clear, many waiters"""
import threading
import time

event, results = threading.Event(), []
print(event.wait(0.01), event.is_set())
threads = [threading.Thread(target=lambda: results.append(event.wait())) for _ in range(8)]
for t in threads:
    t.start()
time.sleep(0.01)
event.set()
for t in threads:
    t.join()
print(results, event.wait(0))
event.clear()
print(event.is_set())
