"""Two hundred threads wait for one event, then for one lock"""
import threading

go, lock, count = threading.Event(), threading.Lock(), 0


def wait():
    global count
    go.wait()
    with lock:
        count += 1


threads = [threading.Thread(target=wait) for _ in range(200)]
for t in threads:
    t.start()
go.set()
for t in threads:
    t.join()
print(count)
