"""A thousand requests: all at once, or ten at a time

Tasks cost so little that a thousand of them are quickly made, and a thousand connections quickly
open, whether the other side likes it or not. A Semaphore lets ten at a time; so do ten workers at a
queue, and then there are no thousand tasks either.

chapter: asyncio
from: 000_9fcab813c63d2679.txt
cores: 2
clock: virtual
speed: 0.5
"""
import asyncio

from gilscope import check, hosts, mark, note, phase

REQUESTS = 1000
hosts("httpbin.org")
in_flight = most = 0


async def fetch(seconds):
    global in_flight, most
    reader, writer = await asyncio.open_connection("httpbin.org", 80)
    writer.write(f"GET /delay/{seconds} HTTP/1.1\r\nHost: httpbin.org\r\n\r\n".encode())
    in_flight += 1
    most = max(most, in_flight)
    await reader.readuntil(b"\r\n\r\n")
    in_flight -= 1
    writer.close()


async def all_at_once():
    await asyncio.gather(*(fetch(3) for _ in range(REQUESTS)))


async def semaphore():
    ten = asyncio.Semaphore(10)

    async def one():
        async with ten:
            await fetch(0.01)

    await asyncio.gather(*(one() for _ in range(REQUESTS)))


async def queue():
    jobs = asyncio.Queue()

    async def worker():
        while await jobs.get():
            await fetch(0.01)

    workers = [asyncio.create_task(worker()) for _ in range(10)]
    for _ in range(REQUESTS):
        await jobs.put(True)
    for _ in workers:
        await jobs.put(False)
    await asyncio.gather(*workers)


def peak(function):
    global most
    most = 0
    with phase(function.__name__):
        asyncio.run(function())
    return most


note("The other threads are the loop's: they look the name up.")
check(peak(all_at_once) == REQUESTS, f"at once: {most} in flight")
mark("How many are in flight when each first asks a Semaphore(10)?")
check(peak(semaphore) == 10, f"Semaphore(10): {most} in flight")
check(peak(queue) == 10, f"ten workers at a queue: {most} in flight")
