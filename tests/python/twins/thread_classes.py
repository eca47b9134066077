"""Thread subclasses, run() called by itself, start twice, join of oneself, excepthook"""
import threading


class Adder(threading.Thread):
    def __init__(self, n):
        super().__init__(name=f"adder {n}")
        self.n, self.sum = n, None

    def run(self):
        self.sum = sum(range(self.n))


adders = [Adder(n) for n in (10, 100, 1000)]
for a in adders:
    a.start()
for a in adders:
    a.join()
print([a.sum for a in adders])
for call in adders[0].start, threading.current_thread().join, threading.Thread().join:
    try:
        call()
    except RuntimeError as error:
        print(error)

threading.excepthook = lambda args: print(args.exc_type.__name__, args.thread.name)
t = threading.Thread(target=lambda: 1 / 0, name="divides")
t.start()
t.join()
print(t.is_alive())
