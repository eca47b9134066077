"""A program that starts itself anew has the lanes of the new one, in the same process"""
# run: run --print text --verify
# run: run --clock virtual --print text --verify
# same: run --clock virtual --print json
# status: 4
# matches: MainThread, Thread-1.* and Thread-2.* are replaced by .*/python[0-9.]* \(exec\)
# matches: process 1 starts interpreter 1 #2\.
# matches: MainThread #2 prints: anew: \['again'\]
# matches: The run ends after .* with exit status 4
# says: every invariant holds
import os
import sys
import threading
import time

if len(sys.argv) < 2:
    threading.Thread(target=threading.Event().wait, daemon=True).start()
    threading.Thread(target=time.sleep, args=(0.02,), daemon=True).start()
    try:
        os.execv("/no/such/program", ["program"])
    except FileNotFoundError:
        print("still here")
    os.execv(sys.executable, [sys.executable, __file__, "again"])
time.sleep(0.01)
print("anew:", sys.argv[1:])
sys.exit(4)
