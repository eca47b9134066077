"""On the virtual clock each run has semaphores and shared memory of its own, however they are called"""
# run: run --clock virtual --verify
# same: run --clock virtual --print json
import multiprocessing
import os
from multiprocessing import shared_memory

import gilscope


def add(lock, name):
    memory = shared_memory.SharedMemory(name)
    with lock:
        memory.buf[0] += 1
    memory.close()


if __name__ == "__main__":
    context = multiprocessing.get_context("spawn")
    lock = context.Lock()
    memory = shared_memory.SharedMemory(create=True, size=8)
    children = [context.Process(target=add, args=(lock, memory.name)) for _ in range(2)]
    for child in children:
        child.start()
    for child in children:
        child.join()
    gilscope.check(memory.buf[0] == 2, "processes share what has a name")
    for name in "sem." + lock._semlock.name[1:], memory.name:
        gilscope.check(not os.path.exists("/dev/shm/" + name), "another run would not find " + name)
    memory.close()
    memory.unlink()
