"""Timer: order, cancel, a timer that starts another"""
import threading
import time

log = []
second = threading.Timer(0.3, log.append, ["second"])
first = threading.Timer(0.1, log.append, ["first"])
never = threading.Timer(0.2, log.append, ["never"])
chained = threading.Timer(0.5, lambda: threading.Timer(0.01, log.append, ["chained"]).start())
for t in second, first, never, chained:
    t.start()
time.sleep(0.01)
never.cancel()
while len(log) < 3:
    time.sleep(0.005)
print(log)
