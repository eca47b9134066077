"""On the virtual clock a deadlock is found in the moment in which it is one"""
# run: run --clock virtual --print text
# status: 1
# matches: deadlock: .*waits for first .*waits for second
# matches: MainThread waits for the end of
# same: run --clock virtual --print json
import threading
import time

first, second = threading.Lock(), threading.Lock()


def one():
    with first:
        time.sleep(0.01)
        with second:
            pass


def other():
    with second:
        time.sleep(0.01)
        with first:
            pass


threads = [threading.Thread(target=f) for f in (one, other)]
for t in threads:
    t.start()
for t in threads:
    t.join()
