"""What a program can say to gilscope, and gilscope shows beside its lanes.

This file stands alone: outside a run checks, notes and marks are printed. `clock` is "real" or
"virtual": on the real one a claim about time needs a tolerance.
"""
import functools
import sys
import time

try:
    from _gilscope import clock, native as _native, tell as _tell
except ImportError:
    clock = "real"
    _native = None

    def _tell(kind, text, flag=0):
        if kind == "check":
            print("%s %s" % ("holds" if flag else "FAILS", text))
        elif kind in ("note", "mark"):
            print(text)

__all__ = ["check", "clock", "label", "mark", "measure", "native", "note", "phase"]


def check(ok, text):
    """Claims something, and says whether it holds; a run's exit status is 1 if it does not."""
    _tell("check", _sentence("check", text), int(bool(ok)))
    return bool(ok)


def note(text):
    """Says something at this moment."""
    _tell("note", _sentence("note", text))


def mark(text):
    """Marks this moment, to come back to."""
    _tell("mark", _sentence("mark", text))


class _Stretch:
    """A context manager, and a decorator: each call of the function is a stretch."""

    def __init__(self, kind, text):
        self._kind = kind
        self._text = _sentence(kind, text)

    def __enter__(self):
        _tell(self._kind, self._text)
        return self

    def __exit__(self, *error):
        _tell(self._kind + "-end", "")

    def __call__(self, function):
        @functools.wraps(function)
        def stretch(*args, **kwargs):
            with _Stretch(self._kind, self._text):
                return function(*args, **kwargs)
        return stretch


def label(text):
    """Names a stretch of this thread's lane."""
    return _Stretch("label", text)


def phase(title):
    """Names a stretch of the whole run."""
    return _Stretch("phase", title)


class measure:
    """with measure() as took: ...; took.seconds is how long it took, or has taken so far, and
    took.without_core for how long of that this thread could have run, but others had the cores:
    what else a real machine does. On the virtual clock there is nothing else."""

    def __init__(self):
        self._end = None

    def __enter__(self):
        self._lacked = _without_core()
        self._start = time.perf_counter()
        return self

    def __exit__(self, *error):
        self._end = time.perf_counter()
        self._lacked = _without_core() - self._lacked

    @property
    def seconds(self):
        return (time.perf_counter() if self._end is None else self._end) - self._start

    @property
    def without_core(self):
        return _without_core() - self._lacked if self._end is None else self._lacked


def _without_core():
    """In seconds, since this thread began; 0 where the kernel does not count it."""
    if clock == "virtual":
        return 0.0
    try:
        with open("/proc/thread-self/schedstat") as numbers:
            return int(numbers.read().split()[1]) / 1e9
    except (OSError, IndexError):
        return 0.0


def native(seconds):
    """Computes for so long (in processor time) outside the interpreter, with the GIL released."""
    if seconds < 0:
        raise ValueError("native() takes no negative time")
    if _native is not None:
        _native(float(seconds))
        return
    import hashlib
    block = bytes(1 << 20)
    end = time.thread_time() + seconds
    while time.thread_time() < end:
        hashlib.sha256(block)


def _sentence(function, text):
    if not isinstance(text, str) or not text:
        raise TypeError("%s() needs a text" % function)
    return text
