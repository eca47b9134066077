"""On the virtual clock processes and threads have the same numbers in every run"""
# run: run --clock virtual --print text --verify
# same: run --clock virtual --print json
# says: every invariant holds
# matches: MainThread waits for the end of awaited \(line [0-9]+, in multiprocessing.wait\)
import multiprocessing
import multiprocessing.connection
import os
import resource
import signal
import socket
import struct
import threading
import time

import gilscope


def tell(queue):
    queue.put((os.getpid(), os.getppid(), threading.get_native_id()))


if __name__ == "__main__":
    own = os.getpid()
    machines = int(open("/proc/self/stat").read().split()[0])
    gilscope.check(own != machines and own > 4194304, "no process of the machine has it")
    gilscope.check(threading.get_native_id() == own, "the first thread has its process's")
    natives = []
    thread = threading.Thread(target=lambda: natives.append(threading.get_native_id()))
    thread.start()
    thread.join()
    print(own, os.getppid(), natives, thread.native_id, os.getpgrp() == os.getpgid(0))

    for how in "fork", "spawn", "forkserver":
        context = multiprocessing.get_context(how)
        queue = context.SimpleQueue()
        process = context.Process(target=tell, args=(queue,))
        process.start()
        told = queue.get()
        process.join()
        print(how, told, process.pid)
        gilscope.check(told[0] == told[2] == process.pid, how + ": parent and child agree")
        gilscope.check(how == "forkserver" or told[1] == own, how + ": whose parent is this one")

    process = multiprocessing.get_context("fork").Process(target=time.sleep, args=(0.01,),
                                                          name="awaited")
    process.start()
    multiprocessing.connection.wait([process.sentinel])
    process.join()

    child = os.fork()
    if child == 0:
        os._exit(os.getpid() % 100)
    ended, status = os.waitpid(child, 0)
    gilscope.check(ended == child and os.WEXITSTATUS(status) == child % 100, "fork, waitpid")
    gilscope.check(os.readlink("/proc/%d/exe" % own) == os.readlink("/proc/self/exe"),
                   "a process's folder")

    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGUSR1])
    child = os.fork()
    if child == 0:
        os.kill(os.getppid(), signal.SIGUSR1)
        os._exit(0)
    gilscope.check(signal.sigwaitinfo([signal.SIGUSR1]).si_pid == child, "a signal's sender")
    os.waitpid(child, 0)
    ends = socket.socketpair()
    peer = struct.unpack("3i", ends[0].getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12))[0]
    gilscope.check(peer == own, "a socket's peer")
    gilscope.check(resource.prlimit(own, resource.RLIMIT_NOFILE)
                   == resource.getrlimit(resource.RLIMIT_NOFILE), "prlimit")
    gilscope.check(os.getpriority(os.PRIO_PROCESS, own) == os.getpriority(os.PRIO_PROCESS, 0),
                   "getpriority")
    gilscope.check(len(os.sched_getaffinity(own)) == os.cpu_count(), "sched_getaffinity")
    array = multiprocessing.Array("i", 3)  # of memory that has the process's number in its name
    print(array[:], multiprocessing.get_context("spawn").Value("i", 1).value)
