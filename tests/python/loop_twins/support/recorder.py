"""Small cases, each in an event loop of its own, of which the program itself writes down what its
loop ran: in front of what a loop calls (its handles) stands a callback that notes who is asked for,
who begins, who ends and how. A program is given a file's name for it.

A case's line is its name and its marks, in order; it says what they have to be.
"""
import asyncio
import json
import sys
import threading
import time
import weakref
from asyncio import events

trail = []
names = {}  # number of a task: its name, which it may get after its first step is asked for
numbers = weakref.WeakKeyDictionary()
beginning = set()  # numbers of eager tasks in their first steps
here = threading.local()  # .who: numbers of who runs, the innermost last; 0: a callback, no task
shielded = weakref.WeakKeyDictionary()  # of a future that shield has given: the task behind it
askers = weakref.WeakKeyDictionary()  # of a handle that another thread asked for: its task, or None


def number_of(task):
    """An eager one that wants to go on inside its first step is not known to its maker yet."""
    return numbers.setdefault(task, who() if who() in beginning else len(trail) + 1)


def note(what, number, **more):
    trail.append(dict(what=what, task=number, time=time.monotonic_ns(), **more))


def who():
    """A task's number, that runs or whose end the loop tells who waits for it; 0: another callback
    of the loop's; None: nothing that a loop runs."""
    stack = getattr(here, "who", None)
    return stack[-1] if stack else None


def task_behind(callback):
    """The task whose step, or whose going on after a future, this is; or None."""
    of_task = type(callback).__name__ in ("TaskStepMethWrapper", "TaskWakeupMethWrapper")
    if of_task or getattr(callback, "__name__", "") == "task_wakeup":
        return callback.__self__
    return None


def on_whose_account(handle):
    """Of a callback: who asked for it in another thread, or the task at whose end it is called."""
    ended = handle._args[0] if handle._args else None
    if handle in askers:
        return askers[handle]
    return number_of(ended) if isinstance(ended, asyncio.Task) and ended.done() else 0


def limited(task):
    """What wait_for was given, if the task stands there: up to 3.11 it awaits a future of its own."""
    frame, coroutine = None, task.get_coro()
    while hasattr(coroutine, "cr_await"):
        frame, coroutine = coroutine.cr_frame, coroutine.cr_await
    in_library = frame is not None and frame.f_code.co_filename.endswith("asyncio/tasks.py")
    if in_library and frame.f_code.co_name in ("wait_for", "_cancel_and_wait"):
        return frame.f_locals["fut"]


def note_end(task, number, **more):
    """Of a step: how the task has ended, or which other one it awaits, behind a shield or with a
    time limit, too."""
    how = on = None
    awaited = shielded.get(task._fut_waiter, task._fut_waiter) if task._fut_waiter else None
    if awaited is not None and not isinstance(awaited, asyncio.Task):
        awaited = limited(task)
    if task.done():
        how = "cancelled" if task.cancelled() else "failed" if task._exception else "done"
    elif isinstance(awaited, asyncio.Task):
        on = number_of(awaited)
    note("end", number, how=how, on=on, **more)


class Step:
    def __init__(self, number):
        self.number = number

    def __enter__(self):
        here.who = getattr(here, "who", []) + [self.number]

    def __exit__(self, *error):
        here.who = here.who[:-1]


def stand_before_handles():
    make, run = events.Handle.__init__, events.Handle._run

    def made(handle, callback, args, loop, context=None):
        make(handle, callback, args, loop, context)
        task = task_behind(callback)
        if task is not None:
            note("ready", number_of(task), by=who())
        elif loop.is_running() and events._get_running_loop() is not loop:
            askers[handle] = who()

    def ran(handle):
        task = task_behind(handle._callback)
        if task is None:
            with Step(on_whose_account(handle)):
                return run(handle)
        number = number_of(task)
        names.setdefault(number, task.get_name())
        with Step(number):
            note("begin", number)
            try:
                run(handle)
            finally:
                note_end(task, number)

    events.Handle.__init__, events.Handle._run = made, ran


def stand_before_shields():
    shield = asyncio.shield

    def seen(awaitable):
        inner = asyncio.ensure_future(awaitable)
        outer = shield(inner)
        if outer is not inner:
            shielded[outer] = inner
        return outer

    asyncio.shield = seen


def eager_factory(loop, coroutine, **options):
    """asyncio's, whose tasks' first step runs inside it and is no handle's."""
    number = len(trail) + 1
    note("begin", number, inside=True)
    beginning.add(number)
    with Step(number):
        task = asyncio.eager_task_factory(loop, coroutine, **options)
    beginning.remove(number)
    numbers[task] = number
    names[number] = coroutine.__qualname__  # its lane is there before it has a name
    note_end(task, number, inside=True)
    return task


# --- cases

cases = []
marks = []


def mark(*words):
    marks.extend(str(word) for word in words)


def case(expected, since=(3, 9)):
    """Of a coroutine that is to be run, or of a function that runs its loops itself."""
    def add(function):
        cases.append((function, expected, since))
        return function
    return add


def run(function, expected):
    marks.clear()
    if asyncio.iscoroutinefunction(function):
        asyncio.run(function())
    else:
        function()
    said = " ".join(marks)
    print(f"{function.__name__}: {said}" + (f" instead of {expected}" if said != expected else ""))
    return said == expected


def main():
    stand_before_handles()
    stand_before_shields()
    good = True
    for function, expected, since in cases:
        if sys.version_info < since:
            print(f"{function.__name__}: not before {'.'.join(map(str, since))}")
        else:
            good &= run(function, expected)
    if len(sys.argv) > 1:
        with open(sys.argv[1], "w") as file:
            json.dump({"names": names, "trail": trail}, file)
    sys.exit(not good)
