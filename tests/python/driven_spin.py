"""On the virtual clock a loop that is one instruction takes time, and the others get their turn"""
# run: run --clock virtual --verify
# same: run --clock virtual --print json
import _thread
import threading
import time

import gilscope


def spin():
    while True: pass


def turn():
    time.sleep(0.001)
    turns.append(time.perf_counter())
    _thread.interrupt_main()


# A jump to an instruction far from the beginning is longer in some versions.
far = {}
exec("def spin():\n" + "    x = 1\n" * 300 + "    while True: pass\n", far)

for spin in spin, far["spin"]:
    turns = []
    thread = threading.Thread(target=turn)
    start = time.perf_counter()
    try:
        thread.start()
        spin()
    except KeyboardInterrupt:
        took = time.perf_counter() - start
    thread.join()
    gilscope.check(0.006 <= turns[0] - start < 0.007, "the other one waits for the GIL for 5 ms")
    gilscope.check(took < 0.007, "the loop has ended")

start = time.perf_counter()
for _ in range(10**5): pass
gilscope.check(0.005 <= time.perf_counter() - start < 0.00501, "a loop on one line is a line a round")
start = time.perf_counter()
sum(x for x in range(10**5))
gilscope.check(0.005 <= time.perf_counter() - start < 0.00501, "and so is a generator's")
