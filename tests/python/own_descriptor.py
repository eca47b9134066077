"""The file of ours that keeps the run together is none for the program, which may have its number, too"""
# run: run
# run: run --clock virtual
# says: open: [0, 1, 2]
# says: closed: []
# says: then: [0, 1, 2, 1000]
# says: other: [0, 1, 2, 1000]
# says: kept: True
import fcntl
import os

NUMBERS = range(2000)


def is_open(number, ask):
    try:
        ask(number)
    except OSError:
        return False
    return True


def known(number):
    return fcntl.fcntl(number, fcntl.F_GETFD)


def duplicate(number):
    os.close(os.dup(number))


def find(ask):
    return [number for number in NUMBERS if is_open(number, ask)]


assert find(known) == find(duplicate) == find(os.fstat)
print("open:", find(os.fstat))
before = len(os.listdir("/proc/self/fd"))
print("closed:", [number for number in NUMBERS[3:] if is_open(number, os.close)])
os.closerange(3, 2000)
kept = len(os.listdir("/proc/self/fd")) == before
os.dup2(1, 1000)
print("then:", find(os.fstat))
os.dup2(1, 1001)
os.close(1001)
print("other:", find(known))
print("kept:", kept)
