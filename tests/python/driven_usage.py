"""On the virtual clock all clocks, chance by whatever way and processor time are the same in every run"""
# run: run --clock virtual --verify
# same: run --clock virtual --print json
import os
import resource
import threading
import time

import gilscope


def bytes_of(path):
    with open(path, "rb", buffering=0) as f:
        return f.read(4)


def text_of(path):
    with open(path) as f:
        return f.read()


print(os.getrandom(4), bytes_of("/dev/urandom"), bytes_of("/dev/random"))
print(os.times(), resource.getrusage(resource.RUSAGE_SELF), os.getloadavg())
for name in sorted(name for name in dir(time) if name.startswith("CLOCK_")):
    if name not in ("CLOCK_HIGHRES", "CLOCK_PROF"):
        clock = getattr(time, name)
        print(name, time.clock_gettime(clock), time.clock_getres(clock))
print(text_of("/proc/uptime"), text_of("/proc/loadavg"))

gilscope.check(round(time.clock_gettime(time.CLOCK_TAI) - time.time()) == 37, "atomic time")
gilscope.check(time.clock_getres(time.CLOCK_REALTIME) == 1e-9, "as fine as can be told")


def compute():
    gilscope.native(0.1)
    done.wait()


done = threading.Event()
thread = threading.Thread(target=compute)
thread.start()
gilscope.native(0.2)
own = time.pthread_getcpuclockid(threading.get_ident())
its = time.pthread_getcpuclockid(thread.ident)
gilscope.check(0.2 <= time.clock_gettime(own) < 0.202, "the thread's own processor time")
gilscope.check(0.1 <= time.clock_gettime(its) < 0.102, "another one's")
gilscope.check(0.2 <= resource.getrusage(resource.RUSAGE_THREAD).ru_utime < 0.202, "likewise")
gilscope.check(0.3 <= resource.getrusage(resource.RUSAGE_SELF).ru_utime < 0.302, "of both")
gilscope.check(os.times().user == 0.3 and os.times().system == 0, "in ticks")
gilscope.check(os.times().elapsed == 0.2, "the machine was started with the run")
gilscope.check(text_of("/proc/uptime").startswith("0.20 "), "as the kernel says it")
done.set()
thread.join()

child = os.fork()
if child == 0:
    gilscope.native(0.5)
    os._exit(0)
used = os.wait4(child, 0)[2]
gilscope.check(0.5 <= used.ru_utime < 0.51, "what a child has used")
children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
gilscope.check(children == used.ru_utime, "and all that were waited for")
gilscope.check(os.times().children_user == int(children * 100) / 100, "in ticks")
