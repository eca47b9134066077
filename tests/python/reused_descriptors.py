"""A descriptor that is closed, or put over, and used again is the other file from then on"""
# run: run --print json --verify
# run: run --clock virtual --print json --verify
# matches: "state":"io","on":"/[^"]*/first","on_id":[0-9]+,"on_kind":"pipe",.*"line":34
# matches: "state":"io","on":"/[^"]*/second","on_id":[0-9]+,"on_kind":"pipe",.*"line":39
# matches: "state":"io","on":"/[^"]*/third","on_id":[0-9]+,"on_kind":"pipe",.*"line":44
# matches: "state":"io","on":"/[^"]*/fourth","on_id":[0-9]+,"on_kind":"pipe",.*"line":49
# says: every invariant holds
import os
import tempfile
import threading
import time

folder = tempfile.mkdtemp()


def fifo(name):
    path = os.path.join(folder, name)
    os.mkfifo(path)
    return os.open(path, os.O_RDWR)


def written_soon(fd):
    def write():
        time.sleep(0.01)
        os.write(fd, b"xy")
    threading.Thread(target=write).start()


place = fifo("first")
written_soon(place)
for _ in range(2):
    # What is there already nobody waits for.
    os.read(place, 1)
os.close(place)

assert fifo("second") == place
written_soon(place)
os.read(place, 2)

third = fifo("third")
os.dup2(third, place)
written_soon(third)
os.read(place, 2)

fourth = fifo("fourth")
os.dup2(fourth, place, inheritable=False)
written_soon(fourth)
os.read(place, 2)
for name in os.listdir(folder):
    os.unlink(os.path.join(folder, name))
os.rmdir(folder)
