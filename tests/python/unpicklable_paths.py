"""Where what cannot be pickled is in what the program gave, whatever it is packed into; once a map()"""
# run: run --verify --print json
# run: run --clock virtual --verify --print json
# same: run --clock virtual --print json
# says: "text":"kwds['apply']['a'][0] cannot be pickled: it is a _thread.lock"
# says: "text":"iterable[4]['map'] cannot be pickled: it is a _thread.lock"
# says: "text":"iterable[6]['last'] cannot be pickled: it is a _thread.lock"
# says: "text":"iterable[0]['many'] cannot be pickled: it is a _thread.lock"
# never: "text":"iterable[2]['many'] cannot
# says: "text":"iterable[1][1]['starmap'] cannot be pickled: it is a _thread.lock"
# says: "text":"iterable[2]['imap'] cannot be pickled: it is a _thread.lock"
# says: "text":"(element 0 of chunk 1)['chunks'] cannot be pickled: it is a _thread.lock"
# says: "text":"kwargs['submit'] cannot be pickled: it is a _thread.lock"
# says: "text":"element['one'] cannot be pickled: it is a _thread.lock"
# says: "text":"element[1]['two'] cannot be pickled: it is a _thread.lock"
# says: "text":"args[1]['process'] cannot be pickled: it is a _thread.lock"
# says: "text":"value[1]['sent'] cannot be pickled: it is a _thread.lock"
# says: every attempt has failed
import multiprocessing
import threading
from concurrent.futures import ProcessPoolExecutor

lock = threading.Lock()
failed = 0


def work(x, *others, **more):
    return x


def attempt(function, *args, **kwargs):
    global failed
    try:
        function(*args, **kwargs)
    except TypeError:
        failed += 1


def in_a_pool(pool):
    attempt(pool.apply, work, (1, 2), {"apply": {"a": [lock]}})
    attempt(pool.map, work, [0, 1, 2, 3, {"map": lock}, 5, 6, 7], chunksize=2)
    attempt(pool.map, work, [0, 1, 2, 3, 4, 5, {"last": lock}], chunksize=2)
    attempt(pool.map, work, [{"many": lock} for _ in range(8)], chunksize=2)
    attempt(pool.starmap, work, [(0, 1), (2, {"starmap": lock})], chunksize=2)
    attempt(list, pool.imap(work, [0, 1, {"imap": lock}]))
    attempt(list, pool.imap(work, [0, 1, {"chunks": lock}], chunksize=2))


def in_an_executor(executor):
    attempt(executor.submit(work, 1, submit=lock).result)
    attempt(list, executor.map(work, [1, {"one": lock}]))
    attempt(list, executor.map(work, [1, 2, 3], [4, {"two": lock}, 5], chunksize=2))


if __name__ == "__main__":
    fork = multiprocessing.get_context("fork")
    with fork.Pool(1) as pool:
        in_a_pool(pool)
    with ProcessPoolExecutor(1, mp_context=fork) as executor:
        in_an_executor(executor)
    attempt(multiprocessing.get_context("spawn").Process(target=work, args=(1, {"process": lock})).start)
    attempt(fork.Pipe()[0].send, [1, {"sent": lock}])
    assert failed == 12, failed
    print("every attempt has failed")
