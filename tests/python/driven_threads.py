"""On the virtual clock threads hand the GIL over as the model has it"""
# run: run --clock virtual --verify
# same: run --clock virtual --print json
# same: run --clock virtual --print json --seed 3
import threading
import time

import gilscope

lock = threading.Lock()
n = 0


def work():
    global n
    for _ in range(100000):
        n += 1
    with lock:
        time.sleep(0.01)


start = time.perf_counter()
threads = [threading.Thread(target=work) for _ in range(3)]
for t in threads:
    t.start()
for t in threads:
    t.join()
took = time.perf_counter() - start
# 100,000 turns of two lines at 50 ns, three times, and then a sleep that nothing overlaps.
gilscope.check(0.040 < took < 0.062, "three times 10 ms of lines, and the last one's sleep")
