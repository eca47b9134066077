"""Which task gets what a thread has come to, and an error where it arrives at a task that goes on"""
# run: run --verify --print json
# run: run --clock virtual --verify --print json
# same: run --clock virtual --print json
# matches: "actor":5,.*"to":5,"on":"results of crew",.*"number":1,
# matches: "actor":5,.*"to":5,"on":"results of crew",.*"number":2,
# matches: "actor":5,.*"to":5,"on":"results of crew",.*"number":3,
# matches: "actor":5,.*"to":5,"on":"results of crew",.*"number":4,
# matches: "actor":5,.*"to":5,"on":"results of crew",.*"number":5,
# matches: "actor":5,.*"to":5,"on":"results of crew",.*"number":6,
# matches: "actor":5,.*"to":5,"on":"results of crew",.*"number":7,
# matches: "actor":5,.*"to":5,"on":"results of crew",.*"number":8,
# matches: "actor":12,.*"to":12,"on":"results of crew",.*"number":9,
# matches: "type":"note",.*"actor":5,"text":"the failure of fetch in ThreadPoolExecutor-0_0 \(task_outcomes.py:36\) arrives here: ValueError: no page 10","line":51
# matches: "type":"note",.*"actor":5,"text":"the failure of fetch in ThreadPoolExecutor-0_0 .*: ValueError: no page 11"
# matches: "type":"note",.*"actor":5,"text":"the failure of fetch in ThreadPoolExecutor-0_0 .*: ValueError: no page 12"
# matches: "type":"note",.*"actor":5,"text":"the failure of fail in first \(task_outcomes.py:42\) arrives here: KeyError: first","line":51
# matches: "type":"note",.*"actor":5,"text":"the failure of fail in over .* arrives here: KeyError: over","line":51
# matches: "type":"note",.*"actor":5,"text":"the failure of fail in second .* arrives here: KeyError: second"
# matches: "type":"note",.*"actor":5,"text":"the failure of fail in inner .* arrives here: KeyError: inner"
# matches: "type":"note",.*"actor":5,"text":"the failure of fail in timed .* arrives here: KeyError: timed"
# matches: "type":"note",.*"actor":5,"text":"the failure of fail in waited .* arrives here: KeyError: waited","line":81
# matches: "type":"note",.*"actor":5,"text":"the failure of fail in looked .* arrives here: KeyError: looked"
# never: "actor":11,"text":"the failure
# never: "actor":12,"text":"the failure
# never: arrives here: KeyError: kept
# says: every invariant holds
import asyncio
import time
from concurrent.futures import ThreadPoolExecutor


def fetch(number):
    time.sleep(0.01)
    if number > 9:
        raise ValueError("no page %d" % number)
    return number


async def fail(text):
    await asyncio.sleep(0.01)
    raise KeyError(text)


async def pass_on(what):
    await what


async def caught(what):
    try:
        await what
    except (KeyError, ValueError):
        await asyncio.sleep(0)


async def main():
    loop = asyncio.get_running_loop()
    crew = ThreadPoolExecutor(1)
    loop.set_default_executor(crew)
    assert await loop.run_in_executor(crew, fetch, 1) == 1
    two, three = [loop.run_in_executor(crew, fetch, number) for number in (2, 3)]
    await asyncio.sleep(0.05)
    assert await two == 2 and three.result() == 3
    numbers = [loop.run_in_executor(crew, fetch, number) for number in (4, 5)]
    assert await asyncio.gather(*numbers) == [4, 5]
    assert await asyncio.wait_for(loop.run_in_executor(crew, fetch, 6), 1) == 6
    await caught(loop.run_in_executor(crew, fetch, 10))
    await caught(asyncio.gather(loop.run_in_executor(crew, fetch, 11)))
    await caught(asyncio.create_task(fail("first"), name="first"))
    over = asyncio.create_task(fail("over"), name="over")
    await asyncio.sleep(0.03)
    await caught(over)
    await caught(asyncio.gather(asyncio.create_task(fail("second"), name="second")))
    inner = asyncio.create_task(fail("inner"), name="inner")
    await caught(asyncio.create_task(pass_on(pass_on(inner)), name="middle"))
    await caught(asyncio.create_task(pass_on(loop.run_in_executor(crew, fetch, 12)), name="outer"))
    await asyncio.gather(asyncio.create_task(fail("kept"), name="kept"), return_exceptions=True)
    await caught(asyncio.wait_for(asyncio.create_task(fail("timed"), name="timed"), 1))
    done, _ = await asyncio.wait([asyncio.create_task(fail("waited"), name="waited")])
    try:
        done.pop().result()
    except KeyError:
        pass
    done, _ = await asyncio.wait([asyncio.create_task(fail("looked"), name="looked")])
    assert isinstance(done.pop().exception(), KeyError)


asyncio.run(main())
