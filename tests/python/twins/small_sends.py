"""Small messages one behind the other over TCP, with one answer for each pair"""
import os
import socket
import threading


def exactly(connection, n):
    got = b""
    while len(got) < n:
        got += connection.recv(n - len(got))
    return got


def serve(listener):
    connection, _ = listener.accept()
    with connection:
        for _ in range(15):
            head = exactly(connection, 4)
            connection.sendall(exactly(connection, int(head)).upper())


def give_up(done):
    """Its time goes on while the others wait for the kernel's."""
    for _ in range(100):
        if done.wait(0.05):
            return
    print("too slow", flush=True)
    os._exit(1)


done = threading.Event()
threading.Thread(target=give_up, args=(done,)).start()
listener = socket.create_server(("127.0.0.1", 0))
server = threading.Thread(target=serve, args=(listener,))
server.start()
with socket.create_connection(listener.getsockname()) as connection:
    for i in range(15):
        word = b"word%d" % i
        connection.sendall(b"%4d" % len(word))
        connection.sendall(word)
        print(exactly(connection, len(word)).decode(), end=" ")
server.join()
done.set()
print()
