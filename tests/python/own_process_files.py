"""What a process reads of itself has the same name in each run, whatever its number"""
# run: run --print json --verify
# same: run --clock virtual --print json
# says: "on":"/proc/self/stat"
import os
import time

with open("/proc/self/stat") as stat:
    stat.read()
child = os.fork()
if child == 0:
    with open("/proc/%d/stat" % os.getpid()) as stat:
        stat.read()
        time.sleep(0.01)
    os._exit(0)
os.waitpid(child, 0)
