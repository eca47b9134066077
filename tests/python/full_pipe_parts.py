"""Who writes several parts into a full pipe or socket is blocked there, and writes as much as without us; real clock"""
# run: run --verify --print json
# says: writev 1000000, sendmsg 1000000, sendall 1000000, all in order: True
# matches: "actor":3,"state":"io","on":"pipe \(descriptor [0-9]+\)","on_id":[0-9]+,"on_kind":"room",.*"line":50
# matches: "actor":3,"state":"io","on":"socket \(descriptor [0-9]+\)","on_id":[0-9]+,"on_kind":"room",.*"line":53
# matches: "actor":3,"state":"io","on":"socket \(descriptor [0-9]+\)","on_id":[0-9]+,"on_kind":"room",.*"line":56
# says: not blocking: True
# says: ended by SIGPIPE: True
# says: a descriptor went with it, once: True
# says: every invariant holds
import array
import os
import socket
import threading
import time

message = bytes(i * 7 % 251 for i in range(1000000))
parts = [message[:10], b"", message[10:123457], message[123457:500001], message[500001:]]
whole = []


def read(fd):
    time.sleep(0.05)
    got = b""
    while len(got) < len(message):
        got += os.read(fd, 65536)
    whole.append(got == message)


def reads(fd):
    reader = threading.Thread(target=read, args=(fd,))
    reader.start()
    return reader


def read_descriptors(socket):
    """Those that come with the first byte, and with the rest none."""
    time.sleep(0.05)
    bytes_left, counts = len(message), []
    while bytes_left:
        got, with_it = socket.recvmsg(1 if not counts else 65536, 1024)[:2]
        counts.append(len(with_it))
        bytes_left -= len(got)
    print("a descriptor went with it, once:", counts[0] == 1 and sum(counts) == 1)


out, into = os.pipe()
here, there = socket.socketpair()
readers = [reads(out)]
written = os.writev(into, parts)
readers[0].join()
readers.append(reads(there.fileno()))
sent = here.sendmsg(parts)
readers[1].join()
readers.append(reads(there.fileno()))
here.sendall(message)
readers[2].join()
print(f"writev {written}, sendmsg {sent}, sendall 1000000, all in order: {whole == [True] * 3}")

reader = threading.Thread(target=read_descriptors, args=(there,))
reader.start()
here.sendmsg(parts, [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [2]))])
reader.join()

os.set_blocking(into, False)
os.writev(into, parts)
try:
    os.writev(into, parts)
except BlockingIOError as error:
    print("not blocking:", error.errno == 11)
os.close(out)
try:
    os.writev(into, parts)
except BrokenPipeError:
    print("ended by SIGPIPE: True")
