"""CPython's GIL, measured as gil_bench measures ours; gil_bench runs this beside itself.

    gil_peer.py fight INTERVAL_MS SECONDS   hand-offs a second, slice in ms, hand-off in us, its p99
    gil_peer.py echo THREADS SECONDS        round trip in us beside so many computing threads, p99
"""
import os
import socket
import statistics
import sys
import threading
import time

HOLE_NS = 30_000  # longer without a sign of life: somebody else had the GIL


def at(values, share):
    values = sorted(values)
    return values[min(len(values) - 1, int(share * len(values)))] if values else 0


def stretches(until):
    """The caller's own time, cut where it has a hole."""
    clock = time.perf_counter_ns
    found = []
    last = start = clock()
    while last < until:
        now = clock()
        if now - last > HOLE_NS:
            found.append((start, last))
            start = now
        last = now
    found.append((start, last))
    return found


def closed(found, hole):
    """Holes shorter than half an interval are the kernel's, not the GIL's."""
    whole = found[:1]
    for start, end in found[1:]:
        if start - whole[-1][1] < hole:
            whole[-1] = (whole[-1][0], end)
        else:
            whole.append((start, end))
    return whole


def fight(interval_ms, seconds):
    sys.setswitchinterval(interval_ms / 1e3)
    until = time.perf_counter_ns() + int(seconds * 1e9)
    found = {}

    def work(thread):
        found[thread] = stretches(until)

    threads = [threading.Thread(target=work, args=(i,)) for i in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    hole = min(500_000, interval_ms * 1e6 / 2)
    slices = sorted((s, e, t) for t in found for s, e in closed(found[t], hole))
    turns = [(a[1], b[0]) for a, b in zip(slices, slices[1:]) if a[2] != b[2]]
    gaps = [taken - dropped for dropped, taken in turns]
    print((len(turns) - 1) * 1e9 / (turns[-1][0] - turns[0][0]),
          statistics.median(end - start for start, end, _ in slices) / 1e6,
          at(gaps, 0.5) / 1e3, at(gaps, 0.99) / 1e3)


def ask(connection, seconds):
    """The client, in a process without this GIL."""
    times = []
    until = time.perf_counter() + seconds
    while time.perf_counter() < until:
        start = time.perf_counter_ns()
        connection.send(b"12345678")
        connection.recv(8)
        times.append(time.perf_counter_ns() - start)
    print(at(times, 0.5) / 1e3, at(times, 0.99) / 1e3, flush=True)


def echo(computing, seconds):
    sys.setswitchinterval(0.005)
    server, client = socket.socketpair()
    pid = os.fork()
    if pid == 0:
        server.close()
        ask(client, seconds)
        os._exit(0)
    client.close()
    computes = True

    def compute():
        x = 0
        while computes:
            x = (x * 3 + 1) % 1000003

    def answer():
        try:
            while data := server.recv(8):
                server.send(data)
        except OSError:
            return  # the client has seen enough

    threads = [threading.Thread(target=compute, daemon=True) for _ in range(computing)]
    threads.append(threading.Thread(target=answer))
    for thread in threads:
        thread.start()
    threads[-1].join()
    computes = False
    os.waitpid(pid, 0)


if __name__ == "__main__":
    if sys.argv[1] == "fight":
        fight(float(sys.argv[2]), float(sys.argv[3]))
    else:
        echo(int(sys.argv[2]), float(sys.argv[3]))
