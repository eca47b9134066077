"""Another program takes the process over: it runs, the lanes end, and its status is the run's"""
# run: run --print text --verify
# run: run --clock virtual --print text --verify
# status: 7
# says: process 1 is replaced by /bin/sh (exec).
# matches: MainThread.* ends? with (its|their) process
# matches: The run ends after .* with exit status 7, its process replaced by /bin/sh \(exec\)\.
# says: from the other
# says: every invariant holds
import os
import threading

threading.Thread(target=threading.Event().wait, daemon=True).start()
try:
    os.execv("/no/such/program", ["program"])
except FileNotFoundError:
    print("still here")
os.execv("/bin/sh", ["sh", "-c", "echo from the other >&2; exit 7"])
