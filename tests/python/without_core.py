"""How long a thread had no core because others had them all"""
# run: run --print none
# run: run --clock virtual --cores 1 --print none
# same: run --clock virtual --cores 1 --print json
import os
import subprocess
import time

import gilscope


def compute(seconds):
    """For so long, in processor time."""
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass


if gilscope.clock == "virtual":
    with gilscope.measure() as took:
        compute(0.05)
    gilscope.check(took.without_core == 0, "nothing else is on the virtual clock's machine")
else:
    core = min(os.sched_getaffinity(0))
    os.sched_setaffinity(0, {core})
    # Another one that wants the same core.
    other = subprocess.Popen(["sh", "-c", "while :; do :; done"])
    with gilscope.measure() as took:
        compute(0.2)
        so_far = took.without_core
    other.kill()
    other.wait()
    gilscope.check(0.05 < so_far <= took.without_core, "the other one had the core for a while")
    gilscope.check(0.15 < took.seconds - took.without_core < 0.3, "the rest is what was computed")
