"""256 processes at once on one clock: all have their turn, and every run is the same"""
# run: run --clock virtual --print none --verify
# same: run --clock virtual --print json
import multiprocessing

import gilscope


def answer(gate, answers, n):
    gate.wait()
    answers.put(n)


if __name__ == "__main__":
    context = multiprocessing.get_context("fork")
    gate, answers = context.Event(), context.SimpleQueue()
    processes = [context.Process(target=answer, args=(gate, answers, n)) for n in range(256)]
    for p in processes:
        p.start()
    gate.set()
    got = sorted(answers.get() for _ in processes)
    for p in processes:
        p.join()
    gilscope.check(got == list(range(256)), "all of them answered")
