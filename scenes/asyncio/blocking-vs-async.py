"""Five pages, one after the other and all at once

The thread that asks for a page waits for it, and then asks for the next one: the sum of all waits.
A task that waits for its page lets the others ask for theirs: the longest wait. No other thread
helps, but those in which the loop looks names up.

chapter: asyncio
from: 000_9fcab813c63d2679.txt
cores: 1
clock: virtual
speed: 0.5
"""
import asyncio
import urllib.request

from gilscope import check, hosts, label, mark, measure, note, phase

names = ["python.org", "github.com", "stackoverflow.com", "pypi.org", "docs.python.org"]
hosts(*names, latency=0.5)


def fetch_blocking(host):
    with label(host), urllib.request.urlopen(f"http://{host}/") as response:
        return len(response.read())


async def fetch_async(host):
    reader, writer = await asyncio.open_connection(host, 80)
    writer.write(f"GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
    await reader.readuntil(b"\r\n\r\n")
    content = await reader.read()
    writer.close()
    return len(content)


async def fetch_all():
    return await asyncio.gather(*(fetch_async(host) for host in names))


note("The first half: a wait behind a wait. The second: all of them are one.")
with phase("blocking"), measure() as blocking:
    one_by_one = [fetch_blocking(host) for host in names]
mark("Five pages of half a second each. How long do five tasks take?")
with phase("async"), measure() as together:
    at_once = asyncio.run(fetch_all())
check(one_by_one == at_once, "both get the same pages")
check(blocking.seconds >= 2.5, f"blocking: {blocking.seconds:.2f} s, the sum of the waits")
check(0.5 <= together.seconds < 1, f"async: {together.seconds:.2f} s, the longest wait")
check(blocking.seconds >= 4 * together.seconds,
      f"{blocking.seconds / together.seconds:.2f} times as fast")
