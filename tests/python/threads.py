"""Threads: their names, their states, who ended what

Three threads want one lock.
cores: 2
"""
# run: run --print json --verify
# args: one two
# says: "kind":"thread","name":"MainThread"
# says: "kind":"thread","name":"first"
# matches: "name":"Thread-1( \(work\))?"
# matches: "state":"sleeping",.*"line":28
# matches: "state":"waiting","on":"journal_lock",.*"line":27,"cause":[0-9]
# matches: "type":"wake".*"on":"journal_lock"
# matches: "type":"output".*"text":"n is 6 \['one', 'two'\]"
# matches: "type":"gil".*"why":"exit"
import sys
import threading
import time

journal_lock = threading.Lock()
n = 0


def work():
    global n
    for _ in range(2):
        with journal_lock:
            time.sleep(0.005)
            n += 1


threads = [threading.Thread(target=work, name="first"), threading.Thread(target=work),
           threading.Thread(target=work, daemon=True)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print("n is", n, sys.argv[1:])
