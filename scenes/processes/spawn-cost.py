"""What a process costs beside a thread

A thread is a stack in a process that is there already. A process has an interpreter and a memory of
its own: it takes longer until its first line, even if it is only forked, and more room.

chapter: processes
from: 002_c43905b1571a6008.txt, 003_ed71112cefb9b003.txt, 004_0085641d289618df.txt
cores: 4
clock: virtual
speed: 0.005
"""
import threading
import time
from multiprocessing import get_context

import gilscope
from gilscope import check, label, mark, note, phase

context = get_context("fork")


def start_to_first_line(kind, name):
    """In seconds."""
    first_line = context.SimpleQueue()
    with label(name):
        began = time.perf_counter()
        one = kind(target=lambda: first_line.put(time.perf_counter()))
        one.start()
        seconds = first_line.get() - began
        one.join()
    return seconds


def own_memory():
    """The KB that this process shares with no other one."""
    with open("/proc/self/smaps_rollup") as rollup:
        return sum(int(line.split()[1]) for line in rollup if line.startswith("Private"))


def memory_of(kind):
    """The KB that one of four takes while it waits."""
    hold, taken = context.Event(), context.SimpleQueue()

    def wait():
        taken.put(own_memory())
        hold.wait()

    before = own_memory()
    four = [kind(target=wait) for _ in range(4)]
    for one in four:
        one.start()
    kilobytes = sum(taken.get() for _ in four)
    if kind is threading.Thread:  # they are all in the one process
        kilobytes = own_memory() - before
    hold.set()
    for one in four:
        one.join()
    return kilobytes / 4


if __name__ == "__main__":
    note("Each label lasts from start() to the end of a join().")
    with phase("time"):
        pairs = [(start_to_first_line(threading.Thread, "thread"),
                  start_to_first_line(context.Process, "process")) for _ in range(10)]
        # The shortest of each had to wait for nothing else.
        thread, process = map(min, zip(*pairs))
    # On a real machine that has other work, each of them first waits for a core, and as long.
    least = 1 if gilscope.clock == "real" else 10
    check(process >= least * thread,
          f"to its first line: a process {process * 1e6:.0f} µs, a thread {thread * 1e6:.0f} µs")
    mark("And how much memory is taken by one that only waits?")
    with phase("memory"):
        # What the C library keeps for threads grows in steps: the least is what one needs.
        thread, process = (min(memory_of(kind) for _ in range(3))
                           for kind in (threading.Thread, context.Process))
        check(process >= 10 * thread,
              "a process has at least ten times as much memory of its own as a thread")
