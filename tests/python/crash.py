"""A crash in C is told"""
# run: run --verify
# run: run --clock virtual --verify
# status: 139
# says: the program was killed by signal 11 (SIGSEGV)
# matches: ✗ *$
# matches: ends +process 1 is killed by signal 11 \(SIGSEGV\)$
# matches: ^total .*, its process killed by signal 11 \(SIGSEGV\)$
# says: every invariant holds
import ctypes
import threading

threading.Thread(target=threading.Event().wait,daemon=True).start()
ctypes.string_at(0)
