"""A step or callback that computes for long says in which line, and what of the library that calls"""
# run: run --verify --print json
# run: run --clock virtual --verify --print json
# matches: "type":"busy","time":[0-9]+,"actor":6,"function":"crunch","line":24,"percent":([5-9].|100)
# matches: "type":"busy","time":[0-9]+,"actor":4,"function":"crunch","line":24,"percent":([5-9].|100)
# matches: "type":"busy","time":[0-9]+,"actor":7,"function":"dumps","line":37,"call":"json.dumps",
# matches: "type":"busy","time":[0-9]+,"actor":8,"function":"limit","line":43,"call":"Fraction.limit_denominator",
# matches: "type":"busy","time":[0-9]+,"actor":10,"function":"inner","line":47,
# matches: "type":"busy","time":[0-9]+,"actor":9,"function":"outer","line":54,
# matches: "type":"busy","time":[0-9]+,"actor":4,"function":"[a-z_]+","line":[0-9]+,"file":"[^"]*textwrap.py"
# never: "function":"short"
# never: "function":"<
# says: every invariant holds
import asyncio
import fractions
import json
import textwrap
import time


def crunch():
    end = time.thread_time() + 0.05
    while time.thread_time() < end:
        sum(i * i for i in range(1000)), sum([i * i for i in range(1000)])


async def computes():
    crunch()


def tick():
    crunch()


async def dumps(big):
    end = time.thread_time() + 0.05
    while time.thread_time() < end: json.dumps(big, indent=1)


async def limit(fraction):
    end = time.thread_time() + 0.05
    while time.thread_time() < end:
        (lambda: [fraction.limit_denominator(10 ** 18) for _ in range(9)])()


async def inner(end):
    while time.thread_time() < end: [i for i in range(1000)]


async def outer():
    task = asyncio.get_running_loop().create_task(inner(time.thread_time() + 0.05))
    await asyncio.sleep(0)
    end = time.thread_time() + 0.05
    while time.thread_time() < end: [i for i in range(1000)]
    await task


async def short():
    for _ in range(20):
        sum([i * i for i in range(2000)])
        await asyncio.sleep(0)


async def main():
    await asyncio.create_task(computes())
    asyncio.get_running_loop().call_soon(tick)
    await asyncio.sleep(0)
    asyncio.get_running_loop().call_soon(textwrap.wrap, "word " * 100000)
    await asyncio.sleep(0)
    await asyncio.create_task(dumps([[i, str(i)] for i in range(100)]))
    await asyncio.create_task(limit(fractions.Fraction(31415926535897932384626, 10 ** 22)))
    await asyncio.create_task(outer())
    await asyncio.create_task(short())


asyncio.run(main())
