"""A manager looks each second whether it is to end: that this is all that still happens is a stall"""
# run: run --clock virtual --until 60 --print none --verify
# same: run --clock virtual --until 60 --print json
# status: 1
# says: stall: nobody is left who could wake anybody.
# says: it is empty, and nobody is left who could put one.
import multiprocessing
import time

if __name__ == "__main__":
    with multiprocessing.get_context("fork").Manager() as manager:
        queue = manager.Queue()
        time.sleep(2.5)  # somebody goes on meanwhile
        queue.get()
