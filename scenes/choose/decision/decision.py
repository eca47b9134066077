# What choose/which-model measures with, and is held to: the best way has to be the one that the tree
# names beforehand.
import argparse
import multiprocessing
import os
import time

from gilscope import check, clock, measure, note, phase

# What is simpler to write, and to add to code that is there, stands before what is less so.
MODELS = {
    "one after the other": ["one after the other"],
    "threads": ["threads", "ThreadPoolExecutor"],
    "tasks": ["tasks"],
    "processes": ["processes", "ProcessPoolExecutor"],
}
# Nobody minds so many seconds, or misses so many KB. On a real machine they may as well have been
# other programs': it gives its cores to those, too.
UNNOTICED = 0.02 if clock == "virtual" else 0.3
ROOM = 1500

fork = multiprocessing.get_context("fork")
seconds = {}    # by way
kilobytes = {}  # that its units had when they were looked at
computed = {}   # seconds of processor time that its processes had


def workload():
    global work
    parser = argparse.ArgumentParser(prog="which-model.py")
    parser.add_argument("--units", type=int, default=12)
    parser.add_argument("--wait", type=float, default=0.3, help="seconds, of each unit")
    parser.add_argument("--compute", type=float, default=0.001, help="seconds, of each unit")
    parser.add_argument("--data", type=int, default=1000, help="bytes, of each unit")
    work = parser.parse_args()
    if min(work.units, work.data) < 1 or min(work.wait, work.compute) < 0:
        parser.error("a workload has a unit and a byte at least, and no time is negative")
    note(f"Each of {work.units} units waits {work.wait:g} s and computes {work.compute:g} s.")
    return work


def be_busy(seconds):
    """Of processor time, and with the GIL."""
    end = time.thread_time() + seconds
    while time.thread_time() < end:
        for _ in range(100):
            pass


def memory():
    """The KB that this process has, but for those of files and those that are meant to be shared."""
    with open("/proc/self/smaps_rollup") as rollup:
        return next(int(line.split()[1]) for line in rollup if line.startswith("Anonymous"))


def look_at_memory():
    global looked
    looked = memory()


def computed_by_children():
    for child in multiprocessing.active_children():
        child.join()
    times = os.times()
    return times.children_user + times.children_system


def measured(way, do, data):
    look_at_memory()
    before, computed_before = looked, computed_by_children()
    with phase(way), measure() as took:
        results = do(data)
    seconds[way] = took.seconds
    kilobytes[way] = looked - before
    computed[way] = computed_by_children() - computed_before
    return results


def best():
    """The simplest of those that take not much longer than the fastest, nor much more memory."""
    took = {model: min(seconds[way] for way in ways) for model, ways in MODELS.items()}
    fastest = min(took.values())
    good = [model for model in MODELS if took[model] <= fastest + max(fastest / 10, UNNOTICED)]
    if "tasks" in good and kilobytes["threads"] > kilobytes["tasks"] + ROOM:
        good = [model for model in good if model != "threads"]
    return good[0]


def is_too_busy():
    """Other programs took a real machine's cores from the processes: what they save is not seen."""
    cores = min(os.cpu_count(), work.units)
    had = max(computed[way] / seconds[way] for way in MODELS["processes"])
    if clock == "virtual" or work.compute <= work.wait or had >= cores * 0.75:
        return False
    note(f"Other programs leave {had:.1f} of {cores} cores: which model is best shows elsewhere.")
    return True


def answers():
    """To the tree's questions: what can be saved decides."""
    cores = min(os.cpu_count(), work.units)
    waits = work.wait * (work.units - 1)
    computing = work.compute * work.units * (1 - 1 / cores)
    sending = 4e-9 * work.data  # there and back, each time out of a process and into another
    if max(waits, computing) < UNNOTICED:
        yield "little"
    elif computing < max(work.wait / 5, UNNOTICED):
        yield "waits"
    elif work.compute < work.wait:
        yield "both"
    else:
        yield "computes"
    yield "few" if work.units < 100 else "many"
    yield "async"
    yield "yes" if sending > work.compute else "no"


def named_by_tree(words):
    """The model at which the tree ends for these answers."""
    deep = 0
    with open(os.path.join(os.path.dirname(__file__), "tree")) as tree:
        for line in tree:
            text = line.strip()
            if len(line) - len(line.lstrip()) != deep:
                continue
            if text.startswith("="):
                return text[2:].partition(",")[0]
            if text.startswith("?") or text.partition(":")[0] in words:
                deep += 2


def check_best():
    if is_too_busy():
        return
    measured_best, named = best(), named_by_tree(set(answers()))
    check(measured_best == named, f"the best is {measured_best}, the tree names {named}")
