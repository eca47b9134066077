"""Shared memory that nobody takes away is told as plain Python tells it, and is gone in the end"""
# run: run --print none --verify
# run: run --clock virtual --print none --verify
# same: run --clock virtual --print none
# says: There appear to be 2 leaked shared_memory objects to clean up at shutdown
# never: leaked semaphore
from multiprocessing import shared_memory

for size in 100, 200, 300:
    memory = shared_memory.SharedMemory(create=True, size=size)
    memory.close()
memory.unlink()
