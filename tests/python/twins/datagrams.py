"""UDP between threads, with ports that the kernel chooses"""
import socket
import threading

server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind(("127.0.0.1", 0))


def serve():
    while True:
        data, address = server.recvfrom(100)
        if not data:
            break
        server.sendto(data * 2, address)


t = threading.Thread(target=serve)
t.start()
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
    for n in range(3):
        client.sendto(b"%d" % n, server.getsockname())
        data, address = client.recvfrom(100)
        print(data, address == server.getsockname())
    client.sendto(b"", server.getsockname())
t.join()
