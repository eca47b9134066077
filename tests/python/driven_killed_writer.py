"""What a killed process did until then is shown: it wrote into a pipe that nobody emptied"""
# run: run --clock virtual --verify --print text
# same: run --clock virtual --print json
# matches: MainThread of process 2 waits for .*pipe.* \(line 13\) until 5[0-9]\.?[0-9]* ms
import os
import signal
import time

_, full = os.pipe()
child = os.fork()
if child == 0:
    # More than fits.
    os.write(full, b"x" * 200000)
time.sleep(0.05)
os.kill(child, signal.SIGKILL)
os.waitpid(child, 0)
time.sleep(0.02)
