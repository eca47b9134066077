"""What somebody of the family writes ends who waits for it with select, poll or epoll; real clock"""
# run: run --verify --print json
# matches: "actor":3,"state":"io","on":"pipe .*"line":38,.*"cause":4
# matches: "actor":3,"state":"io","on":"2 sockets".*"line":43,.*"cause":4
# matches: "actor":3,"state":"io","on":"pipe .*"line":46,.*"cause":4
# matches: "type":"wake",.*"actor":4,"woken":3,
# matches: "actor":3,"state":"io","on":"pipe .*"line":49,.*"cause":null
# matches: "actor":3,"state":"io","on":"socket .*"line":54,.*"cause":[5-9]
# says: every invariant holds
import multiprocessing
import os
import select
import socket
import threading
import time


def write():
    for step in (
        lambda: os.write(into, b"x"),
        lambda: there.send(b"x"),
        lambda: os.write(into, b"x"),
    ):
        time.sleep(0.05)
        step()


def serve(end):
    time.sleep(0.05)
    end.send(b"x")


out, into = os.pipe()
here, there = socket.socketpair()
listener = socket.create_server(("127.0.0.1", 0))
writer = threading.Thread(target=write)
writer.start()
select.select([out], [], [])
os.read(out, 1)
poll = select.poll()
poll.register(here, select.POLLIN)
poll.register(listener, select.POLLIN)
poll.poll()
epoll = select.epoll()
epoll.register(out, select.EPOLLIN)
epoll.poll()
os.read(out, 1)
writer.join()
epoll.poll(0.01)
fork = multiprocessing.get_context("fork")
end, other = fork.Pipe()
child = fork.Process(target=serve, args=(other,))
child.start()
end.poll(5)
child.join()
