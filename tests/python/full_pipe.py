"""Who writes into a full pipe or socket is blocked there, and writes as much as without us; real clock"""
# run: run --verify --print json
# says: written 1000000, sent 1000000, the rest 65536
# matches: "actor":3,"state":"io","on":"pipe \(descriptor [0-9]+\)","on_id":[0-9]+,"on_kind":"room",.*"line":30
# matches: "actor":3,"state":"io","on":"socket \(descriptor [0-9]+\)","on_id":[0-9]+,"on_kind":"room",.*"line":33
# says: not blocking: True
# says: ended by SIGPIPE: True
# says: every invariant holds
import os
import socket
import threading
import time


def read(fd):
    time.sleep(0.05)
    left = 1000000
    while left:
        left -= len(os.read(fd, 65536))


def reads(fd):
    threading.Thread(target=read, args=(fd,)).start()


out, into = os.pipe()
here, there = socket.socketpair()
message = b"x" * 1000000
reads(out)
written = os.write(into, message)

reads(there.fileno())
sent = here.send(message)

os.set_blocking(into, False)
print(f"written {written}, sent {sent}, the rest {os.write(into, message)}")
try:
    os.write(into, b"x")
except BlockingIOError as error:
    print("not blocking:", error.errno == 11)
os.close(out)
try:
    os.write(into, b"x")
except BrokenPipeError:
    print("ended by SIGPIPE: True")
