"""A crash in C is told"""
# run: run --verify
# status: 139
# says: was killed by signal 11
# says: every invariant holds
import ctypes
import threading

threading.Thread(target=threading.Event().wait,daemon=True).start()
ctypes.string_at(0)
