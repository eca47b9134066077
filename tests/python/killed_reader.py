"""A process is killed while it has the lock with which a queue is read: nobody else ever gets to"""
# run: run --clock virtual --print none
# run: run --until 4 --print none
# same: run --clock virtual --print json
# status: 1
# says: stall: nobody is left who could wake anybody. MainThread of process 1 waits for an item of jobs (line 25), whose lock MainThread of reader held when it ended.
# never: it is empty
import multiprocessing
import os
import signal


def read():
    jobs._rlock.acquire()
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    context = multiprocessing.get_context("fork")
    jobs = context.SimpleQueue()
    reader = context.Process(target=read, name="reader")
    reader.start()
    reader.join()
    jobs.put("for nobody")
    jobs.get()
