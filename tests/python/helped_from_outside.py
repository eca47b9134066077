"""All processes of a run wait, and yet none of them stands still: somebody outside will help"""
# run: run --print text --verify
# says: every invariant holds
# says: all helped
# never: stall:
# never: deadlock:
import multiprocessing
import os
import signal
import socket
import subprocess


def outsider(command, *files):
    return subprocess.Popen(["sh", "-c", "sleep 1.7; " + command], pass_fds=files)


def read(file):
    assert os.read(file, 1) == b"x"


def await_signal():
    signal.signal(signal.SIGUSR1, lambda number, frame: None)
    signal.pause()


def receive(here):
    assert here.recv(1) == b"x"


def helped(target, *args):
    process = multiprocessing.get_context("fork").Process(target=target, args=args)
    process.start()
    return process


if __name__ == "__main__":
    out, into = os.pipe()
    child = helped(read, out)
    sleeper = outsider("printf x >&%d" % into, into)
    child.join()

    # The program's own end of it is open no more.
    here, there = socket.socketpair()
    child = helped(receive, here)
    writer = outsider("printf x >&%d" % there.fileno(), there.fileno())
    here.close()
    there.close()
    child.join()

    child = helped(await_signal)
    killer = outsider("kill -USR1 %d" % child.pid)
    child.join()

    outsider("true").wait()
    print("all helped")
    for one in sleeper, writer, killer:
        one.wait()
