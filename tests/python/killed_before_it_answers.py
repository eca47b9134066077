"""A child that dies before it answers: who waits for it is cut off inside its label

expect: stall
"""
# run: run --clock virtual --print none --verify
# run: run --print none --verify
# same: run --clock virtual --print json
# status: 0
# says: stall: nobody is left who could wake anybody. MainThread of process 1 waits for an item of answers (line 29): it is empty, and nobody is left who could put one.
# never: it is full
# says: Process-1 was killed by signal 9 (SIGKILL) before that.
# says: every invariant holds
import multiprocessing
import os
import signal

import gilscope


def child(answers):
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    context = multiprocessing.get_context("spawn")  # its resource tracker finds out that all stand
    answers = context.SimpleQueue()
    with gilscope.label("one"):
        context.Process(target=child, args=(answers,)).start()
        answers.get()
