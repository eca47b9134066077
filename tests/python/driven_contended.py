"""On the virtual clock a lock that four threads want breaks no rule, and who ended a wait is true"""
# run: run --clock virtual --interval 0.2 --verify
# run: run --clock virtual --interval 0.2 --verify --seed 7
# same: run --clock virtual --interval 0.2 --print json
import threading

import gilscope

counter = 0
lock = threading.Lock()


def plus_one(value):
    return value + 1


def count():
    global counter
    for _ in range(1000):
        with lock:
            counter = plus_one(counter)


threads = [threading.Thread(target=count) for _ in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
gilscope.check(counter == 4000, "no update is lost")
