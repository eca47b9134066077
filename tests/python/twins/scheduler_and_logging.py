"""sched, logging from threads, atexit, exceptions with their causes"""
import atexit
import io
import logging
import sched
import threading
import time
import traceback

log = io.StringIO()
logging.basicConfig(stream=log, format="%(threadName)s %(message)s", level=logging.INFO)
s = sched.scheduler(time.monotonic, time.sleep)
for delay, name in (0.03, "c"), (0.01, "a"), (0.02, "b"):
    s.enter(delay, 1, logging.info, (name,))
t = threading.Thread(target=s.run, name="runs")
t.start()
t.join()
print(log.getvalue().split("\n"))
atexit.register(print, "at exit")
try:
    try:
        1 / 0
    except ZeroDivisionError as error:
        raise KeyError("x") from error
except KeyError:
    print(traceback.format_exc().count("Traceback"))
