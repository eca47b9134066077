"""Who opens a FIFO waits for its other end, who locks a file for who has locked it"""
# run: run --print json --verify
# run: run --clock virtual --print json --verify
# same: run --clock virtual --print json
# matches: "state":"io","on":"fifo","on_id":[0-9]+,"on_kind":"pipe",.*"line":46
# matches: "state":"io","on":"/memfd:locked[^"]*","on_id":[0-9]+,"on_kind":"file",.*"line":61
# never: "ok":false
import fcntl
import os
import shutil
import threading
import time

import gilscope

# Its name, which is another one in every run, shows nowhere.
folder = "/tmp/gilscope-file-locks-" + os.readlink("/proc/self")
os.mkdir(folder)
os.chdir(folder)
fifo, locked = "fifo", "/proc/self/fd/%d" % os.memfd_create("locked")
os.mkfifo(fifo)


def later(work):
    def wait_and_work():
        time.sleep(0.1)
        work()

    thread = threading.Thread(target=wait_and_work)
    thread.start()
    return thread


def write():
    with open(fifo, "w") as f:
        f.write("x")


def read():
    with open(fifo) as f:
        f.read()


for _ in range(2):
    writer = later(write)
    with open(fifo) as f:
        gilscope.check(f.read() == "x", "what was written came")
    writer.join()
reader = later(read)
write()
reader.join()

first, second = open(locked, "w"), open(locked, "w")
fcntl.flock(first, fcntl.LOCK_EX)
try:
    fcntl.flock(second, fcntl.LOCK_EX | fcntl.LOCK_NB)
    gilscope.check(False, "it is locked")
except BlockingIOError:
    gilscope.check(True, "it is locked")
unlocks = later(lambda: fcntl.flock(first, fcntl.LOCK_UN))
fcntl.flock(second, fcntl.LOCK_EX)
unlocks.join()
fcntl.flock(second, fcntl.LOCK_UN)

for lock in fcntl.lockf, lambda f, how: os.lockf(f.fileno(), os.F_LOCK, 0):
    ready, tell = os.pipe()
    child = os.fork()
    if child == 0:
        lock(first, fcntl.LOCK_EX)
        os.write(tell, b"x")
        time.sleep(0.1)
        os._exit(0)
    os.read(ready, 1)
    began = time.monotonic()
    lock(first, fcntl.LOCK_EX)
    gilscope.check(0.09 < time.monotonic() - began, "its end unlocks it")
    os.waitpid(child, 0)
    fcntl.lockf(first, fcntl.LOCK_UN)
shutil.rmtree(folder)
