"""Servers that are killed or not there, and tasks that are all cancelled: nothing hangs or stays"""
# run: run --verify
# run: run --clock virtual --verify
# same: run --clock virtual --verify
# says: killed by signal 9
# says: every invariant holds
# says: cut off after
# says: refused
# says: 300 tasks end cancelled
import asyncio
import os
import signal

import gilscope

DRIPS = 5
server = gilscope.hosts("python.org")
begun = []


async def drip():
    reader, writer = await asyncio.open_connection("python.org", 80)
    writer.write(b"GET /drip?numbytes=100&duration=10 HTTP/1.1\r\nHost: python.org\r\n\r\n")
    await reader.readuntil(b"\r\n\r\n")
    got = len(await reader.read(100))
    begun.append(got)
    if len(begun) == DRIPS:
        asyncio.get_running_loop().call_later(0.05, os.kill, server, signal.SIGKILL)
    try:
        while part := await reader.read(100):
            got += len(part)
    except ConnectionResetError:
        pass
    writer.close()
    return got


async def connect():
    """What is killed may close the port that it listens at last."""
    while True:
        try:
            _, writer = await asyncio.open_connection("python.org", 80)
            writer.close()
        except ConnectionRefusedError:
            return "refused"
        except ConnectionResetError:
            pass
        await asyncio.sleep(0.01)


async def storm():
    """Each cancels the next one, which is in the middle of its own end."""
    tasks = []

    async def one(i):
        try:
            await asyncio.sleep(60)
        finally:
            if i + 1 < len(tasks):
                tasks[i + 1].cancel()
            await asyncio.sleep(0)

    tasks += [asyncio.create_task(one(i)) for i in range(300)]
    await asyncio.sleep(0)
    for task in tasks[::7]:
        task.cancel()
    ends = await asyncio.gather(*tasks, return_exceptions=True)
    return sum(isinstance(end, asyncio.CancelledError) for end in ends)


async def main():
    got = await asyncio.gather(*(drip() for _ in range(DRIPS)))
    gilscope.check(all(0 < n < 100 for n in got), f"cut off after {got[0]} bytes")
    gilscope.check(await connect() == "refused", "nobody is there: refused")
    cancelled = await storm()
    gilscope.check(cancelled == 300, f"{cancelled} tasks end cancelled")


asyncio.run(main())
