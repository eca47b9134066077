"""A child that waits at a connection whose other end only it still has is named; a loop that waits for a signal is not"""
# run: run --until 5 --print text
# status: 1
# matches: Stall: .* MainThread of child waits for socket \(descriptor [0-9]+\) \(line 14\)
# matches: MainThread of process 1 waits for the end of child \(line 22\)
import multiprocessing as mp

fork = mp.get_context("fork")


def receive(end):
    try:
        while True:
            end.recv()
    except EOFError:  # never: nobody has closed the other end here
        print("closed")


ours, theirs = fork.Pipe()
child = fork.Process(target=receive, args=(theirs,), name="child")
child.start(), theirs.close(), ours.send(1), ours.close()
child.join()
