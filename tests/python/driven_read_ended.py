"""On the virtual clock who reads is told who wrote, or closed, what it waited for"""
# run: run --clock virtual --print json --verify
# same: run --clock virtual --print json
# matches: "actor":3,"state":"io","on":"pipe [^}]*"line":27,"cause":4}
# matches: "actor":3,"state":"io","on":"socket [^}]*"line":29,"cause":4}
# matches: "actor":3,"state":"io","on":"pipe [^}]*"line":40,"cause":7}
# matches: "actor":3,"state":"io","on":"pipe [^}]*"line":41,"cause":null}
import os
import socket
import threading
import time

one, other = socket.socketpair()
reads, writes = os.pipe()


def answer():
    time.sleep(0.01)
    os.write(writes, b"x")
    time.sleep(0.01)
    other.send(b"x")


# What is written first nobody has to wait for.
thread = threading.Thread(target=answer, name="writer")
thread.start()
os.read(reads, 1)
print("and")
one.recv(1)
thread.join()

child = os.fork()
if child == 0:
    time.sleep(0.01)
    os.write(writes, b"x")
    time.sleep(0.01)
    os._exit(0)
os.close(writes)
with open(reads, "rb", buffering=0) as f:
    f.read(1)
    f.read(1)
os.waitpid(child, 0)
