"""What cannot be pickled, or raises in its task, raises as plain python3's; its labels end there"""
# run: run --verify --print json
# run: run --clock virtual --verify --print json
# same: run --clock virtual --print json
# says: "text":"ValueError: told by a task"
# says: "text":"the pool goes on: 4"
# matches: "text":".*([Cc]an't pickle|get local object)
# matches: "type":"label",.*"label":"run","depth":0
# never: "depth":1
import multiprocessing


def fail(x):
    raise ValueError("told by a task")


def double(x):
    return x * 2


def attempt(pool, function):
    try:
        pool.apply(function, (2,))
    except Exception as e:
        print("%s: %s" % (type(e).__name__, e), flush=True)


if __name__ == "__main__":
    with multiprocessing.get_context("fork").Pool(1) as pool:
        attempt(pool, fail)
        attempt(pool, lambda x: x)
        print("the pool goes on: %d" % pool.apply(double, (2,)), flush=True)
