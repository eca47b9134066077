"""Two threads pass a token through a Condition, through Events, through Queues"""
import queue
import threading

turn, cond, log = "ping", threading.Condition(), []


def player(me, other):
    global turn
    for _ in range(20):
        with cond:
            cond.wait_for(lambda: turn == me)
            log.append(me)
            turn = other
            cond.notify()


threads = [threading.Thread(target=player, args=a) for a in (("ping", "pong"), ("pong", "ping"))]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(log == ["ping", "pong"] * 20)

a, b = queue.Queue(), queue.Queue()


def echo():
    for x in iter(a.get, None):
        b.put(x + 1)
    b.put(None)


t = threading.Thread(target=echo)
t.start()
n = 0
for _ in range(50):
    a.put(n)
    n = b.get()
a.put(None)
print(n, b.get())
t.join()
