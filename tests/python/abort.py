"""A program that gives up is told, with what the exit status of plain python3 is"""
# run: run --print text --verify
# run: run --clock virtual --print text --verify
# status: 134
# says: the program was killed by signal 6 (SIGABRT)
# says: process 1 is killed by signal 6 (SIGABRT).
# says: MainThread and worker end with their process.
# matches: The run ends after .*, its process killed by signal 6 \(SIGABRT\)\.
# says: every invariant holds
import os
import threading

threading.Thread(target=threading.Event().wait, name="worker", daemon=True).start()
os.abort()
