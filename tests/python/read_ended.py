"""What somebody of the family writes ends the wait of who reads it, also in another process; real clock"""
# run: run --verify --print json
# matches: "actor":3,"state":"io","on":"pipe .*"line":31,"cause":4
# matches: "actor":3,"state":"io","on":"socket .*"line":32,"cause":4
# matches: "actor":3,"state":"io","on":"127.0.0.1.*"line":36,"cause":5
# matches: "actor":3,"state":"io","on":"socket .*"line":41,.*"cause":8
# matches: "type":"wake",.*"actor":8,"woken":3,
# says: every invariant holds
import multiprocessing
import os
import socket
import threading
import time


def write():
    time.sleep(0.05)
    os.write(into, b"x")
    time.sleep(0.05)
    there.send(b"x")


def serve(end):
    time.sleep(0.05)
    end.send(b"x")


out, into = os.pipe()
here, there = socket.socketpair()
threading.Thread(target=write).start()
os.read(out, 1)
here.recv(1)
listener = socket.create_server(("127.0.0.1", 0))
caller = socket.create_connection(listener.getsockname())
threading.Thread(target=serve, args=(listener.accept()[0],)).start()
caller.recv(1)
fork = multiprocessing.get_context("fork")
end, other = fork.Pipe()
child = fork.Process(target=serve, args=(other,))
child.start()
end.recv()
child.join()
