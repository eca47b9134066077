"""RLock: recursion, a foreign release, a wait for the last release"""
import threading

lock, steps = threading.RLock(), []


def fib(n):
    with lock:
        return n if n < 2 else fib(n - 1) + fib(n - 2)


def foreign():
    try:
        lock.release()
    except RuntimeError as error:
        steps.append(str(error))


threads = [threading.Thread(target=lambda: steps.append(fib(9))) for _ in range(3)]
with lock:
    for t in threads:
        t.start()
    stranger = threading.Thread(target=foreign)
    stranger.start()
    stranger.join()
for t in threads:
    t.join()
print(steps)
