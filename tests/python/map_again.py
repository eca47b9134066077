"""Of two map() calls each says what it cannot pickle, though the second stands where the first did"""
# run: run --print json
# run: run --clock virtual --print json
# same: run --clock virtual --print json
# says: "text":"in the same place: True"
# says: "text":"element cannot be pickled: it is a _thread.lock"
# says: "text":"element cannot be pickled: it is a _thread.RLock"
import functools
import gc
import multiprocessing
import threading
from concurrent.futures import ProcessPoolExecutor, process

kept, places = [], []


def partial(*given):
    """As functools', in the place that the one before has had: until now nothing else was there."""
    gc.collect()  # the error of the one before, and its future, have each other
    kept.clear()
    made = functools.partial(*given)
    while places and id(made) != places[0] and len(kept) < 10000:
        kept.append(made)
        made = functools.partial(*given)
    kept[:] = [made]
    places.append(id(made))
    return made


def attempt(pool, element):
    try:
        list(pool.map(id, [element]))
    except Exception as e:
        print(type(e).__name__, flush=True)


if __name__ == "__main__":
    with ProcessPoolExecutor(1, multiprocessing.get_context("fork")) as pool:
        process.partial = partial
        attempt(pool, threading.Lock())
        process.partial = functools.partial
        pool.submit(abs, 1).result()  # until then the thread that pickles has the call before
        process.partial = partial
        attempt(pool, threading.RLock())
    print("in the same place:", places[0] == places[1], flush=True)
