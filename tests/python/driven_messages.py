"""recvmsg waits on the clock, as recv does, and sendmsg for room"""
# run: run --clock virtual --print text --verify
# same: run --clock virtual --print json
# says: every invariant holds
# says: MainThread prints: b'one' and 1000000 more
# matches: MainThread waits for socket .* \(line 25\) until 5[01](\.[0-9]+)? ms
# never: blocked
import socket
import threading
import time


def send(there):
    time.sleep(0.05)
    there.sendmsg([b"o", b"ne"])
    rest = memoryview(bytes(1_000_000))
    while rest:
        rest = rest[there.sendmsg([rest]):]
    there.close()


if __name__ == "__main__":
    here, there = socket.socketpair()
    threading.Thread(target=send, args=(there,)).start()
    first = here.recvmsg(3)[0]
    time.sleep(0.1)
    more = 0
    while chunk := here.recvmsg(65536)[0]:
        more += len(chunk)
    print(first, "and", more, "more")
