"""A process that ends at once does not have its GIL any longer, though nobody has let go of it"""
# run: run --print json --verify
# run: run --clock virtual --print json --verify
# matches: "type":"gil",.*"why":"exit"
# says: every invariant holds
import os
import time

child = os.fork()
if child == 0:
    os._exit(0)
os.waitpid(child, 0)
time.sleep(0.01)
