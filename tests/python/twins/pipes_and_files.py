"""Pipes between threads, temporary files, select"""
import os
import select
import tempfile
import threading

r, w = os.pipe()


def write():
    for n in range(5):
        os.write(w, b"%d\n" % n)
    os.close(w)


t = threading.Thread(target=write)
t.start()
with os.fdopen(r) as f:
    print([int(line) for line in f])
t.join()

r, w = os.pipe()
print(select.select([r], [], [], 0.01)[0] == [], select.select([], [w], [])[1] == [w])
t = threading.Thread(target=os.write, args=(w, b"x" * 200000))
t.start()
got = 0
while got < 200000:
    got += len(os.read(r, 65536))
t.join()
print(got)
with tempfile.TemporaryDirectory() as d:
    with open(os.path.join(d, "x"), "w+") as f:
        f.write("written\n" * 3)
        f.seek(0)
        print(f.read().split())
