"""Runs in the interpreter just before the program begins, in a namespace of its own.

Given: tell (an event, from the calling thread), fail (an error likewise), native, clock, module (the
source of gilscope.py), interval (the GIL's switch interval in seconds that was asked for; 0: Python's
own) and prints (what it prints is shown; "": it goes somewhere else).
Left behind for the C half: started, failed.
"""
import sys


class Finder:
    """`import gilscope` finds the module that came with the program, behind all of the user's."""

    @staticmethod
    def find_spec(name, path=None, target=None):
        if name not in ("gilscope", "_gilscope"):
            return None
        from importlib.machinery import ModuleSpec
        return ModuleSpec(name, Finder, origin="gilscope")

    @staticmethod
    def create_module(spec):
        return None

    @staticmethod
    def exec_module(target):
        if target.__name__ == "_gilscope":
            target.tell = tell
            target.native = native
            target.clock = clock
        else:
            exec(compile(module, "<gilscope>", "exec"), target.__dict__)


sys.meta_path.append(Finder)

if float(interval):
    sys.setswitchinterval(float(interval))

# What a thread prints belongs to it, and not to who fills the buffer up.
if prints and hasattr(sys.stdout, "reconfigure"):
    sys.stdout.reconfigure(line_buffering=True)


def is_own(file):
    version = "python%d.%d/" % sys.version_info[:2]
    return not (file.startswith("<") or "/lib/" + version in file or "/lib64/" + version in file
                or "/site-packages/" in file or "/dist-packages/" in file)


# What lies where, and with it the order of sets, depends on whether a module is compiled or read as
# it was compiled before: on the virtual clock, where that must not show, the program's own ones are
# compiled each time. Tracebacks leave out what is in a file of this name.
COMPILES = """
def get_code(self, name):
    path = self.get_filename(name)
    return self.source_to_code(self.get_data(path), path) if is_own(path) else reads(self, name)
"""


def compile_each_time():
    import _frozen_importlib_external as importlib
    loader = importlib.SourceFileLoader
    names = {"is_own": is_own, "reads": loader.get_code}
    exec(compile(COMPILES, "<frozen importlib._bootstrap_external>", "exec"), names)
    loader.get_code = names["get_code"]


if clock == "virtual":
    compile_each_time()


def failed(kind, value, traceback):
    """An error that nobody caught: told with the program's own line where it was raised."""
    file, line = None, False
    while traceback is not None:
        here = traceback.tb_frame.f_code.co_filename
        if file is None or is_own(here):
            file, line = here, traceback.tb_lineno
        traceback = traceback.tb_next
    try:
        text = str(value)
    except Exception:
        text = "<its text cannot be had>"
    where = "%s:%d: " % (file, line) if file else ""
    fail(where + kind.__name__ + (": " + text if text else ""), file or "", line)


def started(thread):
    """A thread is about to start: whatever reports its error tells it here first."""
    report = thread._invoke_excepthook

    def invoke(thread):
        kind, value, traceback = sys.exc_info()
        if kind is not None and kind is not SystemExit:
            failed(kind, value, traceback)
        report(thread)

    thread._invoke_excepthook = invoke
