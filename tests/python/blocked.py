"""Who blocks where the virtual clock cannot see it is named, and the run ends"""
# run: run --clock virtual --print text --verify
# status: 1
# says: blocker is blocked in line 15 where the virtual clock cannot see it
# says: --clock real can run it
# says: blocker fails: blocked in line 15
# says: The run ends here
# says: every invariant holds
import ctypes
import threading

libc = ctypes.CDLL(None)
barrier = ctypes.create_string_buffer(64)
libc.pthread_barrier_init(barrier, None, 2)
blocker = threading.Thread(target=lambda: libc.pthread_barrier_wait(barrier), name="blocker")
blocker.start()
blocker.join()
