"""What is read and written, and waited for, is called by its name, and is of its kind"""
# run: run --print json --verify
# run: run --clock virtual --print json --verify
# matches: "state":"io","on":"/[^"]*gilscope_file","on_id":[0-9]+,"on_kind":"file",.*"line":43
# matches: "state":"io","on":"pipe \(descriptor [0-9]+\)","on_id":[0-9]+,"on_kind":"pipe",.*"line":45
# matches: "state":"io","on":"127.0.0.1:[0-9]+","on_id":[0-9]+,"on_kind":"socket",.*"line":47
# matches: "state":"io","on":"127.0.0.1:[0-9]+","on_id":[0-9]+,"on_kind":"socket",.*"line":48
# matches: "state":"io","on":"/[^"]*gilscope_socket","on_id":[0-9]+,"on_kind":"socket",.*"line":50
# matches: "state":"io","on":"pipe \(descriptor [0-9]+\)","on_id":[0-9]+,"on_kind":"pipe",.*"line":51
# matches: "state":"io","on":"1 socket and 2 pipes","on_id":[0-9]+,"on_kind":"pipe",.*"line":52
# matches: "state":"io","on":"2 sockets","on_id":[0-9]+,"on_kind":"socket",.*"line":56
# matches: "state":"io","on":"2 pipes","on_id":[0-9]+,"on_kind":"pipe",.*"line":60
# matches: "state":"io","on":"pipe \(descriptor [0-9]+\)","on_id":[0-9]+,"on_kind":"pipe",.*"line":62
# matches: "state":"io","on":"127.0.0.1:[0-9]+","on_id":[0-9]+,"on_kind":"socket",.*"line":65
# says: every invariant holds
import os
import select
import shutil
import socket
import tempfile
import threading
import time


def soon(function, *arguments):
    def call():
        time.sleep(0.01)
        function(*arguments)
    threading.Thread(target=call, daemon=True).start()


folder = tempfile.mkdtemp()
path = os.path.join(folder, "gilscope_file")
listener = socket.create_server(("127.0.0.1", 0))
local = socket.socket(socket.AF_UNIX)
local.bind(os.path.join(folder, "gilscope_socket"))
local.listen()
out, into = os.pipe()
other, into_other = os.pipe()
with open(path, "wb") as file:
    file.write(b"text" * 1000)
with open(path, "rb") as file:
    file.read()
soon(os.write, into, b"x")
os.read(out, 1)
soon(socket.create_connection, listener.getsockname())
server, _ = listener.accept()
socket.create_connection(listener.getsockname())
caller = socket.socket(socket.AF_UNIX)
caller.connect(local.getsockname())
select.select([out], [], [], 0.005)
select.select([out, other, server], [], [], 0.005)
poll = select.poll()
poll.register(caller, select.POLLIN)
poll.register(local, select.POLLIN)
poll.poll(5)
epoll = select.epoll()
epoll.register(out)
epoll.register(other)
epoll.poll(0.005)
epoll.unregister(other)
epoll.poll(0.005)
os.close(out)
epoll.register(listener)
epoll.poll(0.005)
shutil.rmtree(folder)
