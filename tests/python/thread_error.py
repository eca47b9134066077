"""An error in a thread is the thread's"""
# run: run --print json --verify
# status: 1
# matches: "type":"error","time":[0-9]+,"actor":[0-9]+,.*thread_error.py:15: ValueError: so be it
# matches: Exception in thread doomed:
# says: ValueError: so be it
# matches: "text":"after it"
import sys
import threading

count = 0


def work():
    raise ValueError("so be it")


def leave():
    sys.exit(3)


for target, name in ((work, "doomed"), (leave, "leaving")):
    thread = threading.Thread(target=target, name=name)
    thread.start()
    thread.join()
print("after it")
