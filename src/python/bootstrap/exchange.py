"""Runs behind begin.py: what processes send each other, and threads are given to do, at the
functions of the library that do it.

Given: labelled(word, function), the same function, seen (labelled("run", function, meant) by the
name of what is meant); method(function), for a class; called(queue, text), which names the queue;
followed, changed and worker (around.h), which leave no frame of ours in a traceback; and
in_front_of_items(type, name, function, text), what stands in a type of an executor's instead of its
method and looks like it (its text, from described), and in_front_of_futures, the same for futures.
"""
import functools
import sys
from _weakref import ref  # weakref imports more than a program may have


def described(function, first=()):
    """The text of a function of C that looks like this one: inspect takes the signature from it. Of
    what is none of Python's, "". A module's function has that first, which nobody gives it."""
    code = getattr(function, "__code__", None)
    if code is None:
        return ""
    count, named, names = code.co_argcount, code.co_kwonlyargcount, list(code.co_varnames)
    given = dict(function.__kwdefaults__ or {})
    given.update(zip(reversed(names[:count]), reversed(function.__defaults__ or ())))
    parts = ["%s=%r" % (name, given[name]) if name in given else name
             for name in names[:count + named]]
    behind = names[count + named:]
    star = ["*" + behind.pop(0)] if code.co_flags & 4 else ["*"] if named else []
    parts[count:count] = star
    if code.co_posonlyargcount:
        parts.insert(code.co_posonlyargcount, "/")
    if code.co_flags & 8:
        parts.append("**" + behind[0])
    return "%s($%s)\n--\n\n%s" % (
        function.__name__, ", ".join([*first, *parts]), function.__doc__ or "")


def reduction(module):
    pickler = module.ForkingPickler
    dumps = pickler.dumps.__func__
    pickler.dumps = classmethod(looking_like(dumps, labelled("pickle", dumps)))
    pickler.loads = labelled("unpickle", pickler.loads)
    module.dump = labelled("pickle", module.dump)


def connection(module):
    kind = module.Connection
    kind._send_bytes = method(labelled("send", kind._send_bytes))
    kind._recv_bytes = method(labelled("receive", kind._recv_bytes))


def looking_like(function, ours):
    """Ours, which looks like the function to who asks for its name, its text or its signature. What
    functools makes is C's: it is no frame either."""
    return functools.update_wrapper(functools.partial(ours), function)


def in_its_place(function, ours):
    """For a class."""
    return method(looking_like(function, ours))


def queues(module):
    for kind in module.Queue, module.SimpleQueue:
        kind.__init__ = in_its_place(kind.__init__, labelled("make", kind.__init__))
        kind.__setstate__ = method(labelled("make", kind.__setstate__))


def popen(module):
    kind = module.Popen
    kind.__init__ = method(labelled("start", kind.__init__))


def pool(module):
    def name_queues(self):
        called(self._inqueue, "tasks of ")
        called(self._outqueue, "results of ")

    kind = module.Pool
    kind._setup_queues = in_its_place(kind._setup_queues, followed(name_queues, kind._setup_queues))

    def function_of(task):
        return None if task[2] is module._helper_reraises_exception else task[2]

    def with_function(task, function):
        return task[:2] + (function,) + task[3:]

    def meant_by(task):
        return task[3][0][0] if task[2] in (module.mapstar, module.starmapstar) else task[2]

    module.worker = worker(module, "worker", seeing(function_of, meant_by, with_function),
                           described(module.worker, ("module",)))


def executor(module):
    def name_queues(self):
        called(self._call_queue, "tasks of ")
        called(self._result_queue, "results of ")

    kind = module.ProcessPoolExecutor
    init = in_front_of_futures(kind, "__init__", kind.__init__, described(kind.__init__))
    kind.__init__ = in_its_place(kind.__init__, followed(name_queues, init))
    futures(module)
    seen_by_futures(module._WorkItem, "__init__")

    def function_of(item):
        return item.fn

    def with_function(item, function):
        item.fn = function
        return item

    def meant_by(item):
        chunk = type(item.fn) is functools.partial and item.fn.func is module._process_chunk
        return item.fn.args[0] if chunk else item.fn

    module._process_worker = worker(module, "_process_worker",
                                    seeing(function_of, meant_by, with_function),
                                    described(module._process_worker, ("module",)))


def seen_by_futures(kind, *names):
    """Where ours stand already, they stay."""
    for name in names:
        function = getattr(kind, name)
        if type(function) is type(blame):
            setattr(kind, name, in_front_of_futures(kind, name, function, described(function)))


def futures(module):
    """Of executors, whichever comes first."""
    seen_by_futures(module._base.Future, "set_result", "set_exception", "result", "exception")


def thread_executor(module):
    def seen(kind, name):
        function = getattr(kind, name)
        return in_front_of_items(kind, name, function, described(function))

    futures(module)
    kind = module.ThreadPoolExecutor
    kind.__init__ = in_its_place(kind.__init__, seen(kind, "__init__"))
    kind = module._WorkItem
    kind.__init__, kind.run = seen(kind, "__init__"), seen(kind, "run")


def blame(value, error):
    """Where in the value that which cannot be pickled is, by the text of the error; no code of the
    program's runs. "": nobody knows."""
    global blamed
    whole, ways = ways_into(value)
    if whole is not None and whole == blamed:
        return ""
    blamed = whole
    wanted = quoted(str(error))
    known = set()
    for path, part in ways:  # grows
        if is_meant(part, wanted):
            return "%s cannot be pickled: it is %s" % (path, kind_of(part))
        if id(part) not in known and len(ways) < 10000:
            known.add(id(part))
            ways.extend(parts_of(path, part))
    return ""


blamed = None  # which map() was told last: each of its chunks fails, and once is enough


def ways_into(value):
    """What the program gave, (path, part) by the names that it has there, whatever the library has
    packed it into; and before that the map() that it is a part of, or None."""
    kind = type(value)
    if kind is tuple and len(value) == 5 and type(value[3]) is tuple and type(value[4]) is dict:
        return ways_into_task(*value)
    fields = fields_of(value)
    if kind.__module__ == "concurrent.futures.process" and kind.__name__ == "_CallItem":
        return ways_into_call(fields["fn"], fields["args"], fields["kwargs"])
    if "_target" in fields and "_args" in fields and "_kwargs" in fields:  # a process
        return None, [("target", fields["_target"]), ("args", fields["_args"]),
                      ("kwargs", fields["_kwargs"]), ("process", value)]
    return None, [("value", value)]


def ways_into_task(job, number, function, args, kwds):
    """Of a pool."""
    result = result_of(job)
    if is_of("multiprocessing.pool", function) and function.__name__ in ("mapstar", "starmapstar"):
        mapped, chunk = args[0]
        size = 0 if number == 0 else getattr(result, "_chunksize", None)
        named = "iterable[%d]" if size is not None else "(element %%d of chunk %d)" % number
        return ("job", job), [("function", mapped)] + [
            (named % (number * (size or 0) + i), part) for i, part in enumerate(chunk)]
    if type(result).__name__.startswith("IMap") and len(args) == 1:
        return ("job", job), [("function", function), ("iterable[%d]" % number, args[0])]
    return None, [("function", function), ("args", args), ("kwds", kwds)]


def result_of(job):
    """Whoever hands a pool's tasks out has the results that are waited for; None: it is not here."""
    frame = sys._getframe(1)
    while frame is not None and frame.f_code.co_name != "_handle_tasks":
        frame = frame.f_back
    results = frame.f_locals.get("cache") if frame is not None else None
    return results.get(job) if isinstance(results, dict) else None


def ways_into_call(function, args, kwargs):
    """Of an executor of processes: map() gives what each iterable has in turn. It is known by the
    function that was made for it, of which only a number would be another's once it is gone."""
    if type(function) is functools.partial and is_of("concurrent.futures.process", function.func):
        parts = [part[0] if len(part) == 1 else part for part in args[0]]
        return ("map", ref(function)), [("function", function.args[0])] + [
            ("element", part) for part in parts]
    return None, [("function", function), ("args", args), ("kwargs", kwargs)]


def is_of(module, function):
    return type(function) is type(blame) and function.__module__ == module


def quoted(text):
    """Of "cannot pickle '_thread.lock' object", or "Can't pickle local object 'main.<locals>.f'",
    what stands between the quotes; else the text."""
    between = text.replace("Can't ", "", 1).split("'")
    return between[1] if len(between) == 3 else text


def is_meant(part, wanted):
    if type(part) is type(blame):
        return wanted == part.__qualname__ or " at %#x>" % id(part) in wanted
    if is_class(part):
        return wanted == qualified(part)
    kind = type(part)
    return wanted in (kind.__name__, kind.__qualname__, kind.__module__ + "." + kind.__qualname__)


def is_class(part):
    return issubclass(type(part), type)


def qualified(whole):
    """Its name, whatever its own class says of that."""
    return type.__getattribute__(whole, "__qualname__")


def kind_of(part):
    if type(part) is type(blame):
        local = "<locals>" in part.__qualname__
        return "the %sfunction %s" % ("local " if local else "", part.__qualname__)
    if is_class(part):
        local = "<locals>" in qualified(part)
        return "the %sclass %s" % ("local " if local else "", qualified(part))
    return "a %s.%s" % (type(part).__module__, type(part).__qualname__)


def parts_of(path, whole):
    kind = type(whole)
    if kind in (tuple, list):
        return [("%s[%d]" % (path, i), part) for i, part in enumerate(whole)]
    if kind is dict:
        return [("%s[%r]" % (path, key), part) for key, part in whole.items()
                if type(key) in (str, int)]
    if kind is functools.partial:
        return [(path + ".func", whole.func), (path + ".args", whole.args)]
    if kind is type(blame) and whole.__closure__:
        return [("%s of %s" % (name, path), cell.cell_contents)
                for name, cell in zip(whole.__code__.co_freevars, whole.__closure__)]
    if kind is type(Loader(None, None).exec_module):
        return [(path + ".__self__", whole.__self__)]
    return [("%s.%s" % (path, name), part) for name, part in fields_of(whole).items()]


def fields_of(whole):
    try:
        fields = object.__getattribute__(whole, "__dict__")
    except AttributeError:
        return {}
    return fields if type(fields) is dict else {}


class Tasks:
    """A queue but for its get."""

    def __init__(self, queue, get):
        self._queue = queue
        self.get = get

    def __getattr__(self, name):
        return getattr(self._queue, name)


def seeing(function_of, meant_by, with_function):
    """For a worker: its queue, of which what it gets is seen being run, by the name of what the
    program meant. Tasks come one after the other with the same function."""
    def tasks_of(queue):
        last = seen = None

        def see_run(task):
            nonlocal last, seen
            function = function_of(task) if task is not None else None
            if function is None:
                return task
            if function is not last:
                last, seen = function, labelled("run", function, meant_by(task))
            return with_function(task, seen)

        return Tasks(queue, changed(see_run, queue.get))
    return tasks_of


class Loader:
    """Loads as the module's own loader does, which is the one that the module knows."""

    def __init__(self, loader, see):
        self._loader = loader
        self._see = see

    def create_module(self, spec):
        return self._loader.create_module(spec)

    def exec_module(self, module):
        module.__spec__.loader = module.__loader__ = self._loader
        self._loader.exec_module(module)
        self._see(module)


class Watcher:
    """Stands in front of whoever finds modules."""

    @staticmethod
    def find_spec(name, path=None, target=None):
        see = seen.get(name)
        if see is None:
            return None
        from importlib.machinery import BuiltinImporter, PathFinder
        spec = PathFinder.find_spec(name, path, target) or BuiltinImporter.find_spec(name)
        if spec is not None and spec.loader is not None:
            spec.loader = Loader(spec.loader, see)
        return spec


seen = {
    "multiprocessing.reduction": reduction,
    "multiprocessing.connection": connection,
    "multiprocessing.queues": queues,
    "multiprocessing.popen_fork": popen,
    "multiprocessing.pool": pool,
    "concurrent.futures.process": executor,
    "concurrent.futures.thread": thread_executor,
}
sys.meta_path.insert(0, Watcher)
for name, see in seen.items():
    if name in sys.modules:
        see(sys.modules[name])
