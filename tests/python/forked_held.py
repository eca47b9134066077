"""A lock that a thread held when its process was forked: whose it was is told, and is no circle"""
# run: run --clock virtual --print none
# run: run --until 4 --print none
# same: run --clock virtual --print json
# status: 1
# says: stall: nobody is left who could wake anybody. MainThread of child waits for journal #2 (line 17)
# says: which writer of process 1 held when child was forked
# says: writer of process 1 waits for somebody to set done (line 24)
# says: MainThread of process 1 waits for the end of child (line 33).
# never: deadlock:
# never: when it ended
import multiprocessing
import threading


def write():
    with journal:
        print("written")


def hold():
    with journal:
        held.set()
        done.wait()


if __name__ == "__main__":
    journal, held, done = threading.Lock(), threading.Event(), threading.Event()
    threading.Thread(target=hold, name="writer").start()
    held.wait()
    child = multiprocessing.get_context("fork").Process(target=write, name="child")
    child.start()
    child.join()
