"""Work is divided among threads, and the parts make the whole"""
import threading

N, PARTS = 20000, 5
results = [0] * PARTS


def part(i):
    total = 0
    for n in range(i, N, PARTS):
        total += n * n % 7
    results[i] = total


threads = [threading.Thread(target=part, args=(i,)) for i in range(PARTS)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(sum(results) == sum(n * n % 7 for n in range(N)), len(results))
