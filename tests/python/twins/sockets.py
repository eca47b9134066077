"""Sockets in threads: socketpair, a server with a thread a client, selectors"""
import selectors
import socket
import threading

a, b = socket.socketpair()
t = threading.Thread(target=lambda: b.sendall(b.recv(100)[::-1]))
t.start()
a.sendall(b"abc")
print(a.recv(100))
t.join()

server = socket.create_server(("127.0.0.1", 0))


def serve():
    for _ in range(3):
        connection, _ = server.accept()
        threading.Thread(target=answer, args=(connection,)).start()


def answer(connection):
    with connection:
        while data := connection.recv(1000):
            connection.sendall(data * 2)


t = threading.Thread(target=serve)
t.start()
for n in range(3):
    with socket.create_connection(server.getsockname()) as c:
        c.sendall(b"%d" % n)
        print(c.recv(10))
t.join()
server.close()

selector, ends = selectors.DefaultSelector(), [socket.socketpair() for _ in range(3)]
for n, (near, _) in enumerate(ends):
    selector.register(near, selectors.EVENT_READ, n)
print(selector.select(0.01))
ends[1][1].send(b"x")
print([key.data for key, _ in selector.select()])
