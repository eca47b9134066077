#!/usr/bin/env python3
"""run.py GILSCOPE SCENES COUNT [SEED]: kills a random process of a random scene of the chapter
processes at a random moment, so often, on both clocks, and looks at what is left.

Whatever is killed, gilscope ends (a run that hangs by it is cut), what it shows breaks no invariant,
and nothing stays behind: no process, no file in the temporary folder but CPython's own, no name in
/dev/shm that nobody has open.
"""
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

MARK = "GS_KILLS"
PATIENCE = 60  # seconds of wall time; far more than any of the runs takes
CUT = {"real": "6", "virtual": "60"}  # seconds of the run: one that hangs goes on for ever
SHM = Path("/dev/shm")


def parents():
    found = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                found[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except (OSError, IndexError):
                pass
    return found


def family(pid):
    """All that come from it, in an order that is the same for the same tree."""
    parent, found, new = parents(), [], [pid]
    while new:
        new = sorted(p for p, of in parent.items() if of in new)
        found += new
    return found


def marked(mark):
    wanted = ("%s=%s" % (MARK, mark)).encode()
    found = []
    for entry in Path("/proc").iterdir():
        try:
            if entry.name.isdigit() and wanted in (entry / "environ").read_bytes().split(b"\0"):
                found.append(int(entry.name))
        except OSError:
            pass
    return found


def names():
    """But for what the C library itself has for an instant inside sem_open, which nobody could name."""
    found = {entry.name for entry in SHM.iterdir()} if SHM.is_dir() else set()
    return {name for name in found if not re.fullmatch(r"sem\.\w{6}", name)}


def is_open(name):
    """By anybody: other programs have names there, too."""
    for entry in Path("/proc").iterdir():
        try:
            if entry.name.isdigit() and "%s/%s" % (SHM, name) in (entry / "maps").read_text():
                return True
        except OSError:
            pass
    return False


def stays(look):
    """What is still there after a while, of what a look finds."""
    for _ in range(60):
        left = look()
        if not left:
            break
        time.sleep(0.05)
    return left


class Run:
    def __init__(self, gilscope, scene, clock, mark):
        self.folder = Path(tempfile.mkdtemp(prefix="kills"))
        self.clock, self.mark, self.before = clock, mark, names()
        self.command = [gilscope, "run", "--clock", clock, "--until", CUT[clock], "--print", "none",
                        "--verify", str(scene)]
        self.began = time.monotonic()
        self.process = subprocess.Popen(
            self.command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            env=dict(os.environ, TMPDIR=str(self.folder), **{MARK: mark}))

    def kill_one(self, chance, after):
        """Gives what was killed; None: it was over."""
        try:
            self.process.wait(after)
            return None
        except subprocess.TimeoutExpired:
            pass
        victims = family(self.process.pid)
        if not victims:
            return None
        place = chance.randrange(len(victims))
        try:
            os.kill(victims[place], signal.SIGKILL)
        except ProcessLookupError:
            return None
        return "%d of %d" % (place + 1, len(victims))

    def complaints(self):
        found = []
        try:
            text = self.process.communicate(timeout=PATIENCE)[0].decode(errors="replace")
        except subprocess.TimeoutExpired:
            found.append("it hangs")
            self.process.kill()
            text = self.process.communicate()[0].decode(errors="replace")
        self.seconds = time.monotonic() - self.began
        # One that is killed before its program began has nothing to be judged.
        if "every invariant holds" not in text and "(SIGKILL) 0 ns into the run" not in text:
            found.append("an invariant is broken, or nothing was judged:\n" + text[-3000:])
        left = stays(lambda: marked(self.mark))
        if left:
            found.append("processes stay: %s" % left)
            for pid in left:
                os.kill(pid, signal.SIGKILL)
        shared = stays(lambda: [n for n in names() - self.before if not is_open(n)])
        if shared:
            found.append("names in %s stay: %s" % (SHM, shared))
        # On the real clock CPython's own folder stays, as it does without us.
        files = [e.name for e in self.folder.iterdir()
                 if self.clock == "virtual" or not e.name.startswith("pymp-")]
        if files:
            found.append("files stay: %s" % files)
        shutil.rmtree(self.folder, ignore_errors=True)
        return found


def main():
    gilscope, scenes, count = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    seed = int(sys.argv[4]) if len(sys.argv) > 4 else int(time.time())
    chance = random.Random(seed)
    scenes = sorted(scenes.glob("processes/*.py"))
    lengths, failures, killed = {}, 0, 0
    for i in range(count):
        scene, clock = chance.choice(scenes), chance.choice(["real", "virtual"])
        if (scene, clock) not in lengths:
            whole = Run(gilscope, scene, clock, "%d-%d-whole" % (os.getpid(), i))
            whole.complaints()
            lengths[scene, clock] = whole.seconds
        run = Run(gilscope, scene, clock, "%d-%d" % (os.getpid(), i))
        after = chance.uniform(0, lengths[scene, clock])
        victim = run.kill_one(chance, after)
        found = run.complaints()
        killed += victim is not None
        failures += bool(found)
        for text in found:
            print("%d: %s, %s clock, %s killed after %.3f s of %.3f s: %s" % (
                i, scene.stem, clock, victim, after, lengths[scene, clock], text), flush=True)
    print("%d of %d runs had a process killed; %d left something or went wrong (seed %d)" % (
        killed, count, failures, seed))
    sys.exit(1 if failures else 0)


main()
