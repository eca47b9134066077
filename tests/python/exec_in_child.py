"""A forked process that another program takes over: its lane ends there, its parent waits for it"""
# run: run --print text --verify
# run: run --clock virtual --print text --verify
# says: process 2 is replaced by /bin/sh (exec).
# says: MainThread of process 2 ends with its process.
# says: MainThread prints: 1280
# matches: The run ends after .* with exit status 0\.
# says: every invariant holds
import os

child = os.fork()
if child == 0:
    os.execv("/bin/sh", ["sh", "-c", "sleep 0.1; exit 5"])
print(os.waitpid(child, 0)[1])
