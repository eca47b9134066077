"""Who gets what an executor's thread has come to: the first one, once; an error where it is raised"""
# run: run --verify --print json
# run: run --clock virtual --verify --print json
# same: run --clock virtual --print json
# matches: "type":"message",.*"actor":4,"from":4,.*"on":"results of pool",.*"number":1,
# matches: "type":"message",.*"actor":3,.*"to":3,"on":"results of pool",.*"number":1,
# matches: "actor":3,.*"to":3,"on":"results of pool",.*"number":2,
# matches: "actor":3,.*"to":3,"on":"results of pool",.*"number":3,
# matches: "actor":3,.*"to":3,"on":"results of pool",.*"number":4,
# matches: "type":"message",.*"actor":4,"from":4,.*"on":"results of pool",.*"number":5,
# matches: "actor":4,"from":4,.*"on":"results of pool",.*"number":6,
# matches: "actor":3,.*"to":3,"on":"results of pool",.*"number":207,
# matches: "actor":3,.*"to":3,"on":"results of pool",.*"number":406,
# never: "to":5,"on":"results of pool"
# never: "to":4,"on":"results of pool"
# matches: "type":"note",.*"actor":3,"text":"the failure of fetch in ThreadPoolExecutor-0_0 \(results_arrive.py:30\) arrives here: ValueError: no such page","line":46
# matches: "type":"note",.*"actor":3,"text":"the failure of fetch .*: ValueError: no such page","line":50
# matches: "type":"note",.*"actor":5,"text":"the failure of fetch .*: ValueError: no such page","line":37
# never: arrives here: TimeoutError
# never: KeyError
# says: every invariant holds
import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor, as_completed


def fetch(number):
    time.sleep(0.01)
    if number == 2:
        raise ValueError("no such page")
    return number


def ask_again(first):
    assert first.result() == 1
    try:
        bad.result()
    except ValueError:
        pass


with ThreadPoolExecutor(1) as pool:
    good, bad = pool.submit(fetch, 1), pool.submit(fetch, 2)
    assert good.result() == 1 and good.result() == 1
    try:
        bad.result()
    except ValueError:
        pass
    assert list(pool.map(fetch, [3])) == [3]
    assert isinstance(bad.exception(), ValueError)
    for done in as_completed([pool.submit(fetch, 4)]):
        assert done.result() == 4
    slow = pool.submit(fetch, 5)
    try:
        slow.result(timeout=0.001)
    except Exception as error:
        assert "Timeout" in type(error).__name__
    asker = threading.Thread(target=ask_again, args=[good])
    asker.start(), asker.join()
    own = pool.submit(fetch, 6)
    own.add_done_callback(lambda future: future.result())  # in the thread that ran it
    for _ in range(200):  # gone before they are done, or afterwards
        pool.submit(int)
    many = [pool.submit(abs, number) for number in range(200)]
    assert [done.result() for done in many] == list(range(200))

del many, good, bad, slow, own, done
for mine in [Future() for _ in range(1000)]:  # some lie where others did
    mine.set_exception(KeyError("what no executor was given is nobody's"))
    assert isinstance(mine.exception(), KeyError)
