"""Who joins a process with a time limit, or waits for several, waits for their ends: not for a pipe"""
# run: run --clock virtual --print text --verify
# run: run --print text --verify
# same: run --clock virtual --print json
# says: every invariant holds
# matches: MainThread waits for the end of forked \(line 24, in ForkProcess.join\) until [0-9.]+ m?s, when its time limit ends the wait
# matches: MainThread waits for the end of forked \(line 25, in ForkProcess.join\) until [0-9.]+ m?s, when forked ends the wait
# matches: MainThread waits for the end of served \(line 28, in ForkServerProcess.join\) until [0-9.]+ m?s, when served ends the wait
# matches: MainThread waits for the end of 2 processes \(line 31, in multiprocessing.wait\) until [0-9.]+ m?s, when (first|second) ends the wait
import multiprocessing
import multiprocessing.connection
import time


def start(method, seconds, name):
    process = multiprocessing.get_context(method).Process(
        target=time.sleep, args=(seconds,), name=name)
    process.start()
    return process


if __name__ == "__main__":
    forked = start("fork", 1, "forked")
    forked.join(0.5)
    forked.join(10)

    served = start("forkserver", 1, "served")
    served.join()

    several = [start("fork", 1, "first"), start("fork", 1, "second")]
    assert multiprocessing.connection.wait([one.sentinel for one in several])
    for one in several:
        one.join()
