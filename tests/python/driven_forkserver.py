"""Processes that multiprocessing starts by forkserver have lanes, and on the virtual clock the same ones in every run"""
# run: run --print json --verify
# run: run --clock virtual --print json --verify
# same: run --clock virtual --print json
# matches: "kind":"process","name":"resource_tracker"
# matches: "kind":"process","name":"forkserver"
# matches: "kind":"process","name":"ForkServerProcess-1"
# matches: "kind":"process","name":"ForkServerPoolWorker-4"
# matches: "type":"output",.*"text":"\[1, 2\]"
# matches: "type":"output",.*"text":"\[0, 0\]"
# matches: "type":"output",.*"text":"\[0, 1, 4, 9, 16\]"
# matches: "type":"output",.*"text":"7"
# matches: "type":"output",.*"text":"cannot be pickled"
# matches: "type":"output",.*"text":"\[-9, -15\]"
import multiprocessing
import threading
import time


def square(x):
    return x * x


def put(queue, n):
    time.sleep(n / 100)
    queue.put(n)


def add(value, lock):
    for _ in range(3):
        with lock:
            value.value += 1


if __name__ == "__main__":
    context = multiprocessing.get_context("forkserver")
    queue = context.Queue()
    processes = [context.Process(target=put, args=(queue, n)) for n in (2, 1)]
    for p in processes:
        p.start()
    print(sorted(queue.get() for _ in processes))
    for p in processes:
        p.join()
    print([p.exitcode for p in processes])
    with context.Pool(2) as pool:
        print(pool.map(square, range(5)))
    value, lock = context.Value("i", 1, lock=False), context.Lock()
    processes = [context.Process(target=add, args=(value, lock)) for _ in range(2)]
    for p in processes:
        p.start()
    for p in processes:
        p.join()
    print(value.value)
    try:
        context.Process(target=square, args=(threading.Lock(),)).start()
    except TypeError:
        print("cannot be pickled")
    # One at any time while it starts, one in its sleep.
    processes = [context.Process(target=time.sleep, args=(100,)) for _ in range(2)]
    for p in processes:
        p.start()
    processes[0].kill()
    time.sleep(0.1)
    processes[1].terminate()
    for p in processes:
        p.join()
    print([p.exitcode for p in processes])
