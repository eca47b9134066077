"""What another run has left in the machine does not show: names made by chance are the run's own"""
# run: run --clock virtual --verify --print none
# same: run --clock virtual --print json
import multiprocessing
import os
from multiprocessing import shared_memory

import gilscope

# Two runs draw the same names: each of them finds the other's, unless both have their own.
made = shared_memory.SharedMemory(create=True, size=16)
made.buf[0] = 7
again = shared_memory.SharedMemory(made.name)
gilscope.check(again.buf[0] == 7, "a name leads to what it was given to")
gilscope.check(not os.path.exists("/dev/shm/" + made.name), "on the machine it is another one")
# A process that left one may have had any number, that of a later one, too.
kept = " ".join(os.listdir("/dev/shm")) + " "
gilscope.check(made.name + "-" in kept and made.name + "-%d " % os.getpid() not in kept,
               "in this run alone")
again.close()
lock = multiprocessing.get_context("fork").Lock()
with lock:
    print(lock._semlock.name, made.name)
try:
    shared_memory.SharedMemory("psm_nobodys")
    gilscope.check(False, "nobody has made it")
except FileNotFoundError:
    pass
chosen = shared_memory.SharedMemory("gilscope-%d" % os.getuid(), create=True, size=16)
gilscope.check(os.path.exists("/dev/shm/" + chosen.name), "a name that the program chose stays")
for memory in chosen, made:
    memory.close()
    memory.unlink()
