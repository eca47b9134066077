"""Barrier: rounds, its action, abort and reset"""
import threading

log, lock = [], threading.Lock()


def note(what):
    with lock:
        log.append(what)


barrier = threading.Barrier(4, action=lambda: note("all"))


def party():
    for _ in range(3):
        barrier.wait()
    try:
        barrier.wait(timeout=0.02)
    except threading.BrokenBarrierError:
        note("broken")


threads = [threading.Thread(target=party) for _ in range(3)]
for t in threads:
    t.start()
for _ in range(3):
    barrier.wait()
for t in threads:
    t.join()
print(log, barrier.broken, barrier.n_waiting)
barrier.reset()
print(barrier.broken, barrier.parties)
