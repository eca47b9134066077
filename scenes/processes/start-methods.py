"""fork, forkserver, spawn: three ways to start a process

A forked child is a copy of its parent and knows all that it knew. With spawn a new interpreter
begins from nothing and imports the program again; a forkserver did that once, and is forked for
each child. The more a child knows, the less it costs.

chapter: processes
from: 002_c43905b1571a6008.txt
cores: 4
clock: virtual
speed: 0.05
"""
import multiprocessing
import time

from gilscope import check, label, mark, note, phase

told = "nothing"


def child(began, answers):
    answers.put((time.perf_counter() - began, told))


def start(method):
    """How long until a child's first line, and what it knows of the parent."""
    context = multiprocessing.get_context(method)
    answers = context.SimpleQueue()
    with label(method):
        p = context.Process(target=child, args=(time.perf_counter(), answers), name=method)
        p.start()
        answer = answers.get()
        p.join()
    return answer


def start_twice(method):
    """What the first child costs, and another one."""
    with phase(method):
        (first, known), (second, _) = start(method), start(method)
    check(known == (told if method == "fork" else "nothing"), f"{method}: the child knows {known}")
    return first, second


if __name__ == "__main__":
    told = "all that the parent knew"
    _, fork = start_twice("fork")
    mark("Two other ways begin from nothing. What do they cost?")
    note("The first child of a forkserver waits for the server, too.")
    first, forkserver = start_twice("forkserver")
    check(first > 2 * forkserver, "forkserver: the first child waits for the server")
    _, spawn = start_twice("spawn")
    check(fork < forkserver < spawn,
          f"to a child's first line: fork {fork * 1000:.1f} ms, "
          f"forkserver {forkserver * 1000:.1f} ms, spawn {spawn * 1000:.1f} ms")
