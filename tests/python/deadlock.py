"""Two locks taken in two orders: found, and named as a circle"""
# run: run --print json --verify
# run: run --clock virtual --print json --verify
# status: 1
# matches: "type":"deadlock".*right waits for a \(line 22\), which left holds; left waits for b \(line 21\), which right holds|left waits for b \(line 21\), which right holds; right waits for a \(line 22\), which left holds
# says: every invariant holds
import threading

a = threading.Lock()
b = threading.Lock()
both = threading.Barrier(2)


def take(first, second):
    with first:
        both.wait()
        second()


left = threading.Thread(target=take, name="left", args=(
    a, lambda: b.acquire()))
right = threading.Thread(target=take, name="right", args=(b, lambda: a.acquire()))
left.start()
right.start()
