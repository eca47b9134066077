"""Three hundred threads wait for answers of another process; who asked last is answered first"""
# run: run --clock virtual --verify --print none
# same: run --clock virtual --print json
import socket
import threading
import time

import gilscope

gilscope.hosts("python.org")
THREADS = 300
start = time.perf_counter()
answered, late = [], []


def ask(number):
    due = 1 + (THREADS - number) / 100
    with socket.create_connection(("python.org", 80)) as connection:
        connection.sendall(b"GET /delay/%.2f HTTP/1.1\r\nHost: python.org\r\n\r\n" % due)
        connection.recv(1000)
    answered.append(number)
    late.append(time.perf_counter() - start - due)


threads = [threading.Thread(target=ask, args=(number,)) for number in range(THREADS)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
gilscope.check(answered == sorted(answered, reverse=True), "each when its answer is there")
gilscope.check(0 <= min(late) and max(late) < 0.1, "and at once")
