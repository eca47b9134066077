"""kill -9 leaves what was traced until then"""
# run: run --verify
# run: run --clock virtual --verify
# status: 137
# says: the program was killed by signal 9 (SIGKILL)
# matches: ✗ *$
# matches: ends +process 1 is killed by signal 9 \(SIGKILL\)$
# matches: ^total .*, its process killed by signal 9 \(SIGKILL\)$
# says: every invariant holds
import os
import signal
import threading

threading.Thread(target=threading.Event().wait, daemon=True).start()
os.kill(os.getpid(), signal.SIGKILL)
