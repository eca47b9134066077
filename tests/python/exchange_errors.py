"""What cannot be pickled, or raises in its task, raises as plain python3's; its labels end there"""
# run: run --verify --print json
# run: run --clock virtual --verify --print json
# same: run --clock virtual --print json
# says: "text":"ValueError: told by a task"
# says: "text":"the pool goes on: 4"
# matches: "text":".*([Cc]an't pickle|get local object)
# matches: "type":"label",.*"label":"double","depth":0
# never: "depth":1
# says: "text":"fail failed: ValueError: told by a task"
# says: "type":"note"
# says: "text":"args[0].connections['main'].lock cannot be pickled: it is a _thread.lock"
# says: "text":"function cannot be pickled: it is the local function local.<locals>.times"
# says: "text":"args[0].connections['cb'][2] cannot be pickled: it is the local function local.<locals>.times"
# says: "text":"args[0].kind cannot be pickled: it is the local class local.<locals>.Kind"
# matches: "text":"function cannot be pickled: it is the (local )?function .*<lambda>"
import multiprocessing
import threading


class Connection:
    def __init__(self):
        self.lock = threading.Lock()

    def __getstate__(self):
        print("pickled once", flush=True)
        return self.__dict__


class Job:
    def __init__(self):
        self.connections = {"main": Connection()}


def fail(x):
    raise ValueError("told by a task")


def double(x):
    return x * 2


class Holder:
    def __init__(self, kind, connections):
        self.kind = kind
        self.connections = connections


def local():
    class Kind:
        pass

    def times(x):
        return x * 2
    return Kind, times


def attempt(pool, function, argument=2):
    try:
        pool.apply(function, (argument,))
    except Exception as e:
        print("%s: %s" % (type(e).__name__, e), flush=True)


if __name__ == "__main__":
    with multiprocessing.get_context("fork").Pool(1) as pool:
        attempt(pool, fail)
        attempt(pool, lambda x: x)
        attempt(pool, double, Job())
        Kind, times = local()
        attempt(pool, times)
        attempt(pool, double, Holder(None, {"cb": (1, 2, times)}))
        attempt(pool, double, Holder(Kind, {}))
        print("the pool goes on: %d" % pool.apply(double, (2,)), flush=True)
