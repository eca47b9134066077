"""Pipes that are full both ways, and a gigabyte through one: all bytes arrive"""
# run: run --print none --verify
# run: run --clock virtual --print none --verify
# says: every invariant holds
import multiprocessing
import threading

BLOCK = bytes(range(256)) * 4096


def echo(connection):
    for _ in range(20):
        connection.send_bytes(connection.recv_bytes())


def send(connection):
    for _ in range(1024):
        connection.send_bytes(BLOCK)
    connection.close()


def start(context, function, connection):
    process = context.Process(target=function, args=(connection,))
    process.start()
    connection.close()
    return process


if __name__ == "__main__":
    context = multiprocessing.get_context("fork")
    here, there = context.Pipe()
    process = start(context, echo, there)
    sender = threading.Thread(target=lambda: [here.send_bytes(BLOCK) for _ in range(20)])
    sender.start()
    assert all(here.recv_bytes() == BLOCK for _ in range(20))
    sender.join()
    process.join()

    here, there = context.Pipe(duplex=False)
    process = start(context, send, there)
    got = 0
    try:
        while True:
            block = here.recv_bytes()
            assert block == BLOCK
            got += len(block)
    except EOFError:
        pass
    process.join()
    assert got == 1 << 30, got
