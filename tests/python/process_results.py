"""What an executor's processes come to: who hands it on to whom in the first one, and what failed"""
# run: run --verify --print json
# run: run --clock virtual --verify --print json
# same: run --clock virtual --print json
# matches: "actor":[0-9]+,"from":[0-9]+,"to":null,"on":"futures of pool",.*"number":1,
# matches: "actor":3,.*"to":3,"on":"futures of pool",.*"number":1,
# matches: "actor":3,.*"to":3,"on":"futures of pool",.*"number":2,
# matches: "actor":3,.*"to":3,"on":"futures of pool",.*"number":3,
# matches: "actor":1[0-9],.*"to":1[0-9],"on":"futures of pool",.*"number":4,
# matches: "actor":3,.*"to":3,"on":"futures of pool",.*"number":6,
# matches: "actor":3,"text":"the failure of fail arrives here: KeyError: lost","line":44
# matches: "actor":3,"text":"the failure of die arrives here: BrokenProcessPool: A process in
# matches: "actor":3,"text":"the failure of fail_at arrives here: IndexError: at 1"
# never: "type":"member"
# says: every invariant holds
import asyncio
import multiprocessing
import os
import signal
from concurrent.futures import ProcessPoolExecutor


def fail():
    raise KeyError("lost")


def fail_at(number):
    raise IndexError("at %d" % number)


def die():
    os.kill(os.getpid(), signal.SIGKILL)


async def main(pool):
    return await asyncio.get_running_loop().run_in_executor(pool, abs, -3)


if __name__ == "__main__":
    context = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(2, mp_context=context) as pool:
        assert list(pool.map(abs, range(-4, 0), chunksize=2)) == [4, 3, 2, 1]
        try:
            pool.submit(fail).result()
        except KeyError:
            pass
        assert asyncio.run(main(pool)) == 3
        try:
            list(pool.map(fail_at, [1], chunksize=2))
        except IndexError:
            pass
        pool.submit(die).exception()
