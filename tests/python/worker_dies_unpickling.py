"""A worker that dies of what it unpickles, an executor that is made wrongly: tracebacks are Python's own"""
# run: run --print text
# run: run --clock virtual --print text
# same: run --clock virtual --print json
# says: no frame but Python's own, 4 times
# says: they look as they are: True
# says: ValueError: no way
# never: <gilscope>
import inspect
import multiprocessing
import multiprocessing.queues
import os
import sys
import traceback
from concurrent.futures import ProcessPoolExecutor


def explode():
    raise ValueError("no way")


class Bad:
    def __reduce__(self):
        return explode, ()


def double(x):
    return x * 2


def of_a_worker(context, use):
    """What the worker's process prints as it dies."""
    out, into = os.pipe()
    kept = os.dup(2)
    os.dup2(into, 2)
    try:
        use(context)
    finally:
        os.dup2(kept, 2)
        os.close(into)
    with os.fdopen(out) as told:
        text = told.read()
    sys.stderr.write(text)
    return text


def use_pool(context):
    with context.Pool(1) as pool:
        try:
            pool.apply_async(double, (Bad(),)).get(0.5)
        except multiprocessing.TimeoutError:
            pass


def use_executor(context):
    with ProcessPoolExecutor(1, mp_context=context) as executor:
        executor.submit(double, Bad()).exception()


def of_a_mistake():
    try:
        ProcessPoolExecutor(0)
    except ValueError:
        return traceback.format_exc()


if __name__ == "__main__":
    fork = multiprocessing.get_context("fork")
    texts = [of_a_worker(fork, use_pool), of_a_worker(fork, use_executor), of_a_mistake()]
    # By its name a spawned process finds the worker that we stand in front of.
    spawn = multiprocessing.get_context("spawn")
    with spawn.Pool(1) as pool:
        texts.append(str(pool.map(double, [1, 2])))
    assert "in worker" in texts[0] and "in _process_worker" in texts[1] and "in __init__" in texts[2]
    assert texts[3] == "[2, 4]"
    good = ["gilscope" not in text for text in texts]
    executor = inspect.signature(ProcessPoolExecutor)
    print("they look as they are: %s" % (
        list(executor.parameters)[:2] == ["max_workers", "mp_context"]
        and ProcessPoolExecutor.__init__.__doc__.startswith("Initializes a new ProcessPoolExecutor")
        and ProcessPoolExecutor.__init__.__name__ == "__init__"
        and str(inspect.signature(multiprocessing.queues.Queue)) == "(maxsize=0, *, ctx)"))
    print("no frame but Python's own, %d times" % good.count(True))
