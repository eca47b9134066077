#!/usr/bin/env python3
"""run.py SOURCES [SCRATCH [NAME]]: puts the faults of *.list beside it into a copy of the sources, one
at a time, and tells which test notices each. Without SCRATCH it only tells which of them can be put
into the sources no more.

An entry of a list, behind an empty line:

    name: REGEX                 the tests, by ctest -R, that are nearest to it
    @ src/sched/heap.c          where it is
     a line that stays          to tell the place from others
    -a line that goes
    +a line that comes

How far lines are indented does not matter. The lines that stay and go must stand there exactly
once: else the fault applies no more, and the list has to follow the sources. The copy's unchanged
files, its build and what ccache has are kept from fault to fault, and from run to run.
"""
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

WHOLE = [["-LE", "shipped|random|cmd|rules"], ["-R", "shipped/.*/check"]]


class Fault:
    def __init__(self, room, name, tests):
        self.name = room + "/" + name
        self.tests = tests
        self.file = None
        self.lines = []  # (sign, text)

    def place(self, text):
        """The sources' lines, and where in them the fault's stand; None: not exactly once."""
        lines = text.split("\n")
        old = [line for sign, line in self.lines if sign != "+"]
        found = [i for i in range(len(lines) - len(old) + 1)
                 if [line.strip() for line in lines[i:i + len(old)]] == old]
        return lines, found[0] if len(found) == 1 else None

    def put_into(self, text):
        lines, at = self.place(text)
        indent = lines[at][:len(lines[at]) - len(lines[at].lstrip())]
        old = [line for sign, line in self.lines if sign != "+"]
        new = [indent + line for sign, line in self.lines if sign != "-"]
        return "\n".join(lines[:at] + new + lines[at + len(old):])


def read_list(path):
    faults = []
    for line in path.read_text().splitlines():
        if not line or line[0] == "#":
            continue
        if line[0] == "@":
            faults[-1].file = line[1:].strip()
        elif line[0] in " +-":
            faults[-1].lines.append((line[0], line[1:].strip()))
        else:
            name, tests = line.split(":", 1)
            faults.append(Fault(path.stem, name, tests.strip()))
    return faults


class Copy:
    """The copy of the sources, and its build."""

    def __init__(self, sources, scratch):
        self.sources, self.root, self.build = sources, scratch / "source", scratch / "build"
        self.changed = None  # a file that has a fault now, and its text without
        self.without = []  # tests that fail anyway, as arguments for ctest

    def sync(self):
        """A file that is the same keeps its time, so that it is not compiled again."""
        listed = subprocess.run(
            ["git", "-C", self.sources, "ls-files", "-z", "--cached", "--others",
             "--exclude-standard"], check=True, capture_output=True, text=True).stdout
        files = {name for name in listed.split("\0") if name and (self.sources / name).is_file()}
        for name in files:
            old, new = self.sources / name, self.root / name
            new.parent.mkdir(parents=True, exist_ok=True)
            if not new.exists() or new.read_bytes() != old.read_bytes():
                shutil.copyfile(old, new)
            shutil.copymode(old, new)
        for path in [path for path in self.root.rglob("*") if path.is_file()]:
            if str(path.relative_to(self.root)) not in files:
                path.unlink()

    def configure(self):
        """Optimised a little and without a debugger's tables: it is linked more often than run."""
        launcher = ["-DCMAKE_C_COMPILER_LAUNCHER=ccache"] if shutil.which("ccache") else []
        self.quietly(["cmake", "-S", self.root, "-B", self.build, "-G", "Ninja",
                      "-DBUILD_TESTING=ON", "-DCMAKE_C_FLAGS_RELWITHDEBINFO=-O1 -DNDEBUG",
                      *launcher])

    @staticmethod
    def quietly(command):
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if done.returncode != 0:
            sys.exit(done.stdout + "faults: failed: " + " ".join(map(str, command)))

    def restore(self):
        if self.changed:
            path, text = self.changed
            path.write_text(text)
        self.changed = None

    def put(self, fault):
        self.restore()
        path = self.root / fault.file
        self.changed = path, path.read_text()
        path.write_text(fault.put_into(self.changed[1]))

    def names(self, choice):
        listed = subprocess.run(["ctest", "--test-dir", self.build, "--show-only=json-v1", *choice],
                                check=True, capture_output=True, text=True).stdout
        return [test["name"] for test in json.loads(listed)["tests"]]

    @staticmethod
    def programs(names):
        """What the tests run or look at: gilscope, its pages, and the unit tests' own programs."""
        parts = [name.split("/") for name in names]
        return sorted({part[1] + "_test" for part in parts if part[0] in ("unit", "screen")}
                      | {"gilscope", "pages"})

    def make(self, programs):
        """What the compiler has to say, or None if all is built."""
        done = subprocess.run(["ninja", "-C", self.build, *programs], stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True)
        return done.stdout if done.returncode else None

    @staticmethod
    def unfinished(output):
        """The first test of ctest's that has begun and not ended."""
        begun = re.findall(r"Start +\d+: (\S+)", output)
        ended = re.findall(r"Test +#\d+: (\S+) ", output)
        return next((name for name in begun if name not in ended), "?")

    def test(self, choice, limit):
        """The first test that fails, or hangs; None: all pass. Those of the real clock may fail
        by themselves, but hardly three times."""
        command = ["ctest", "--test-dir", self.build, "-j2", "--stop-on-failure",
                   "--repeat", "until-pass:3", *choice, *self.without]
        run = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                               start_new_session=True)
        try:
            output, _ = run.communicate(timeout=limit)
        except subprocess.TimeoutExpired:
            os.killpg(run.pid, signal.SIGKILL)
            return self.unfinished(run.communicate()[0]) + " (hangs)"
        finally:
            if run.poll() is None:  # Ctrl-C
                os.killpg(run.pid, signal.SIGKILL)
        failed = re.search(r"FAILED:\n\s*\d+ - (\S+)", output)
        return failed.group(1) if run.returncode else None


def try_fault(copy, fault):
    copy.put(fault)
    for choice in [["-R", fault.tests], *WHOLE]:
        near = choice not in WHOLE
        names = copy.names(choice)
        if not names:
            return "NO TEST is called " + fault.tests
        compiler = copy.make(copy.programs(names))
        if compiler:
            print(compiler)
            return "DOES NOT BUILD"
        name = copy.test(choice, 60 if near else 600)
        if name:
            return name + ("" if near else " (not near)")
    return "SURVIVED"


def applies(sources, fault):
    path = sources / fault.file
    return path.exists() and fault.place(path.read_text())[1] is not None


def leave_out_failing(copy, faults):
    """Tests that fail without a fault notice nothing."""
    near = {name for tests in {fault.tests for fault in faults}
            for name in copy.names(["-R", tests])}
    choice, failing = ["-R", "^(%s)$" % "|".join(sorted(map(re.escape, near)))], []
    compiler = copy.make(copy.programs(near))
    if compiler:
        sys.exit(compiler + "faults: the sources do not build as they are")
    name = copy.test(choice, 900)
    while name:
        print("%s fails without any fault, and is left out" % name, flush=True)
        failing.append(re.escape(name.split()[0]))
        copy.without = ["-E", "^(%s)$" % "|".join(failing)]
        name = copy.test(choice, 900)


def main():
    sources = Path(sys.argv[1])
    wanted = sys.argv[3] if len(sys.argv) > 3 else ""
    lists = sorted(Path(__file__).parent.glob("*.list"))
    faults = [fault for path in lists for fault in read_list(path) if wanted in fault.name]
    if not faults:
        sys.exit("faults: no fault is called *%s*" % wanted)
    stale = [fault for fault in faults if not applies(sources, fault)]
    if len(sys.argv) == 2:
        sys.exit("".join("%s applies no more to %s\n" % (f.name, f.file) for f in stale) or 0)
    scratch = Path(sys.argv[2])
    faults = [fault for fault in faults if fault not in stale]
    copy = Copy(sources, scratch)
    copy.sync()
    copy.configure()
    if faults:
        leave_out_failing(copy, faults)
    rows = [(fault.name, "APPLIES NO MORE to " + fault.file) for fault in stale]
    for fault in faults:
        begin = time.monotonic()
        rows.append((fault.name, try_fault(copy, fault)))
        print("%-40s %s, %.0f s" % (*rows[-1], time.monotonic() - begin), flush=True)
    copy.restore()
    print("\n%-40s %s" % ("fault", "noticed by"))
    for row in sorted(rows):
        print("%-40s %s" % row)
    unnoticed = [row for row in rows if re.match("SURVIVED|NO TEST|DOES NOT|APPLIES NO", row[1])]
    print("%d of %d faults are noticed" % (len(rows) - len(unnoticed), len(rows)))
    sys.exit(1 if unnoticed else 0)


main()
