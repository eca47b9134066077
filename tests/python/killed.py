"""kill -9 leaves what was traced until then"""
# run: run --verify
# status: 137
# says: was killed by signal 9
# says: every invariant holds
import os
import signal
import threading

threading.Thread(target=threading.Event().wait, daemon=True).start()
os.kill(os.getpid(), signal.SIGKILL)
