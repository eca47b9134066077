"""A readers-writer lock made of a Condition: readers together, writers alone"""
import threading
import time


class ReadWrite:
    def __init__(self):
        self.cond, self.readers, self.writing = threading.Condition(), 0, False

    def read(self):
        with self.cond:
            self.cond.wait_for(lambda: not self.writing)
            self.readers += 1

    def unread(self):
        with self.cond:
            self.readers -= 1
            self.cond.notify_all()

    def write(self):
        with self.cond:
            self.cond.wait_for(lambda: not self.writing and not self.readers)
            self.writing = True

    def unwrite(self):
        with self.cond:
            self.writing = False
            self.cond.notify_all()


rw, value, wrong = ReadWrite(), [0, 0], []


def reader():
    for _ in range(10):
        rw.read()
        if value[0] != value[1]:
            wrong.append(tuple(value))
        time.sleep(0.0002)
        rw.unread()


def writer():
    for _ in range(10):
        rw.write()
        value[0] += 1
        time.sleep(0.0002)
        value[1] += 1
        rw.unwrite()


threads = [threading.Thread(target=f) for f in [reader] * 4 + [writer] * 2]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(value, wrong)
