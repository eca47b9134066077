"""A process that a Process forks by itself is not called as that is"""
# run: run --print json --verify
# run: run --clock virtual --print json --verify
# says: "kind":"process","name":"outer"
# says: "kind":"process","name":"process 3"
import multiprocessing
import os


def fork():
    child = os.fork()
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)


if __name__ == "__main__":
    process = multiprocessing.get_context("fork").Process(target=fork, name="outer")
    process.start()
    process.join()
