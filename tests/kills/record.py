#!/usr/bin/env python3
"""record.py GILSCOPE N [SEED [LIMIT]]: records a program and kills whoever records it at a random
moment, N times. What is left has to be readable and to break no rule, and to hold all that was done up
to LIMIT seconds (default 0.1) before. Prints how much was missing, at the median and at most."""
import json
import random
import signal
import statistics
import struct
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PROGRAM = """
import os, struct, sys, time, gilscope
told = os.open(sys.argv[1], os.O_WRONLY | os.O_CREAT)
number = 0
while True:
    number += 1
    gilscope.note(str(number))
    os.write(told, struct.pack("<d", time.monotonic()))
    time.sleep(0.0005)
"""


def record_and_kill(gilscope, folder, seconds):
    """The moment of the kill, or None where the program had not begun."""
    command = [gilscope, "run", folder / "program.py", "--record", folder / "r.gsr", "--print", "none"]
    told = folder / "told"
    told.unlink(missing_ok=True)
    recorder = subprocess.Popen(
        [*command, "--", told], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    deadline = time.monotonic() + 20
    while not told.exists() and time.monotonic() < deadline:
        time.sleep(0.005)
    time.sleep(seconds)
    moment = time.monotonic()
    recorder.send_signal(signal.SIGKILL)
    recorder.wait()
    return moment


def last_note(gilscope, folder):
    run = subprocess.run(
        [gilscope, "export", folder / "r.gsr", "--to", "json"], capture_output=True, text=True, check=True
    )
    notes = [json.loads(line) for line in run.stdout.splitlines() if '"type":"note"' in line]
    return int(notes[-1]["text"]) if notes else 0


def missing(gilscope, folder, moment):
    """Seconds in front of the kill of which nothing is there."""
    times = (folder / "told").read_bytes()
    times = [t for (t,) in struct.iter_unpack("<d", times[: len(times) // 8 * 8]) if t < moment]
    note = last_note(gilscope, folder)
    return moment - times[note] if note < len(times) else 0.0


def main():
    gilscope, count = sys.argv[1], int(sys.argv[2])
    chance = random.Random(int(sys.argv[3]) if len(sys.argv) > 3 else None)
    limit = float(sys.argv[4]) if len(sys.argv) > 4 else 0.1
    lacks, failures = [], 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "program.py").write_text(PROGRAM)
        for turn in range(count):
            moment = record_and_kill(gilscope, folder, chance.uniform(0.2, 1.5))
            verify = subprocess.run([gilscope, "verify", folder / "r.gsr"], capture_output=True, text=True)
            lacks.append(missing(gilscope, folder, moment) if verify.returncode == 0 else float("inf"))
            if lacks[-1] > limit:
                failures += 1
                print(f"kill {turn + 1}: {lacks[-1] * 1000:.0f} ms are missing; {verify.stdout}{verify.stderr}")
    print(
        f"{count} kills, {failures} failures: {statistics.median(lacks) * 1000:.0f} ms were missing at the "
        f"median, {max(lacks) * 1000:.0f} ms at most"
    )
    return 1 if failures else 0


sys.exit(main())
