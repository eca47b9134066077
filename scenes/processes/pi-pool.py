"""Four parts of π on four cores

The sum for π is cut into four parts, one a worker. No two of them need the same GIL, so all cores
are busy from the first term to the last.

chapter: processes
from: 002_c43905b1571a6008.txt
cores: 4
clock: virtual
speed: 0.02
"""
import math
import os
import time
from multiprocessing import get_context

from gilscope import check, label, mark, measure, note

TERMS = 1_000_000


def calculate_pi(part):
    """One of four parts of π, and for how long it computed, or had no core to do so."""
    before = time.process_time()
    with label(f"part {part}"), measure() as took:
        total = 0
        for i in range(part * TERMS // 4, (part + 1) * TERMS // 4):
            total += (-1)**i / (2*i + 1)
    return 4 * total, time.process_time() - before + took.without_core


if __name__ == "__main__":
    with get_context("fork").Pool(processes=4) as pool:
        note("Each worker has a GIL lane of its own, and never lets go.")
        with measure() as took:
            results = pool.map(calculate_pi, range(4))
    mark("How many cores were busy?")
    parts, able = zip(*results)
    check(abs(sum(parts) - math.pi) < 2e-6, f"π to 6 digits: {sum(parts):.5f}")
    busy = sum(able) / (took.seconds - took.without_core)
    cores = min(4, os.cpu_count())
    check(busy > 0.9 * cores, f"work for {busy:.2f} cores at a time, of {cores}")
