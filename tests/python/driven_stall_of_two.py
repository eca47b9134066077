"""Two processes that wait for each other: whoever finds it ends the run"""
# run: run --clock virtual --verify
# same: run --clock virtual --print json
# status: 1
# says: nobody is left who could wake anybody
# never: never
import multiprocessing


def take(lock):
    with lock:
        print("never")


if __name__ == "__main__":
    context = multiprocessing.get_context("fork")
    lock = context.Lock()
    p = context.Process(target=take, args=(lock,))
    with lock:
        p.start()
        p.join()
