"""Nobody can end the wait, and yet there is no circle: a signal might"""
# run: run --print json --verify
# says: MainThread waits for somebody to set never (line 21): nobody is left who could.
# says: "text":"a signal did"
# says: every invariant holds
import os
import signal
import subprocess
import threading

never = threading.Event()


def help_out(number, frame):
    print("a signal did")
    never.set()


signal.signal(signal.SIGUSR1, help_out)
subprocess.Popen(["sh", "-c", "sleep 2; kill -USR1 %d" % os.getpid()])
never.wait()
