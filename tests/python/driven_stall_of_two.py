"""Two processes that wait for each other: whoever finds it names both, and the run ends"""
# run: run --clock virtual --verify
# same: run --clock virtual --print json
# status: 1
# says: deadlock: MainThread of ForkProcess-1 waits for lock (line 12), which MainThread of process 1 holds; MainThread of process 1 waits for the end of ForkProcess-1 (line 22).
# never: never
import multiprocessing


def take(lock):
    # Its parent has it until this process ends.
    with lock:
        print("never")


if __name__ == "__main__":
    context = multiprocessing.get_context("fork")
    lock = context.Lock()
    p = context.Process(target=take, args=(lock,))
    with lock:
        p.start()
        p.join()
