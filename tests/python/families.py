"""Children run as they do without us; those that are forked have lanes"""
# run: run --print json --verify
# says: "text":"hi"
# says: "text":"[0, 1, 4, 9, 16]"
# says: "text":"child"
# says: this process starts another program, which has no lanes
import multiprocessing
import os
import subprocess


def square(x):
    return x * x


if __name__ == "__main__":
    pid = os.fork()
    if pid == 0:
        print("child", flush=True)
        os._exit(0)
    os.waitpid(pid, 0)
    print(subprocess.run(["echo", "hi"], stdout=subprocess.PIPE).stdout.decode().strip())
    with multiprocessing.get_context("fork").Pool(2) as pool:
        print(pool.map(square, range(5)))
