"""threading.local, daemon threads at the end, thread names, enumerate, ident"""
import threading
import time

data = threading.local()
data.x = "main"
seen, go = [], threading.Event()


def work(n):
    seen.append(hasattr(data, "x"))
    data.x = n
    go.wait()
    seen.append(data.x == n)


threads = [threading.Thread(target=work, args=(n,), name=f"T{n}") for n in range(4)]
for t in threads:
    t.start()
print(sorted(t.name for t in threading.enumerate()), threading.active_count())
go.set()
for t in threads:
    t.join()
print(data.x, seen.count(True), seen.count(False), len({t.ident for t in threads}) >= 1)
forever = threading.Thread(target=lambda: [time.sleep(0.001) for _ in iter(int, 1)], daemon=True)
forever.start()
print(forever.daemon, forever.is_alive(), threading.current_thread() is threading.main_thread())
