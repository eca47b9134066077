"""Clocks go forward and agree with each other; sleeps last what they should"""
import datetime
import threading
import time

before = time.monotonic(), time.perf_counter(), time.time()
time.sleep(0.05)
after = time.monotonic(), time.perf_counter(), time.time()
print([0.05 <= b - a < 10 for a, b in zip(before, after)])
a = datetime.datetime.now()
time.sleep(0.01)
print(datetime.datetime.now() - a >= datetime.timedelta(milliseconds=9))
print(time.time_ns() > 0, time.thread_time() >= 0, time.process_time() >= 0)
ends = []
threads = [threading.Thread(target=lambda s=s: (time.sleep(s), ends.append(s))) for s in (0.3, 0.1, 0.2)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(ends)
began = time.monotonic()
while time.monotonic() < began + 0.01:
    pass
print("spun")
