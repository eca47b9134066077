"""On the virtual clock a timer rings in the moment in which a thread ends"""
# run: run --clock virtual --print text --verify
# says: rung
# same: run --clock virtual --print json
import signal
import threading
import time

signal.signal(signal.SIGALRM, lambda number, frame: print("rung"))
signal.setitimer(signal.ITIMER_REAL, 0.1)
t = threading.Thread(target=time.sleep, args=(0.05,))
t.start()
signal.pause()
t.join()
