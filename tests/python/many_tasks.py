"""Ten tasks for each one with an open connection: they sleep, queue up, are cancelled"""
# run: run --verify --print none
# run: run --clock virtual --verify --print none
# same: run --clock virtual --verify --print none
# args: 100
# says: every invariant holds
import asyncio
import sys

import gilscope

CONNECTIONS = int(sys.argv[1])
connections = []


async def answer(reader, writer):
    while line := await reader.readline():
        writer.write(line.upper())
    writer.close()


async def talk(port, all_open):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    connections.append(writer)
    if len(connections) == CONNECTIONS:
        all_open.set()
    await all_open.wait()
    writer.write(b"hello\n")
    line = await reader.readline()
    await asyncio.sleep(0.1)
    writer.close()
    return line


async def rest(i):
    for _ in range(3):
        await asyncio.sleep(0.05 + i % 10 / 100)


async def take_turns(gate):
    async with gate:
        await asyncio.sleep(0)


async def wait_for_ever():
    await asyncio.Event().wait()


async def main():
    server = await asyncio.start_server(answer, "127.0.0.1", 0, backlog=CONNECTIONS)
    port, all_open = server.sockets[0].getsockname()[1], asyncio.Event()
    gate = asyncio.Semaphore(10)
    idle = [asyncio.create_task(wait_for_ever()) for _ in range(CONNECTIONS * 2)]
    others = [rest(i) for i in range(CONNECTIONS * 4)]
    others += [take_turns(gate) for _ in range(CONNECTIONS * 2)]
    talks = asyncio.gather(*(talk(port, all_open) for _ in range(CONNECTIONS)))
    await asyncio.gather(*others)
    lines = await talks
    gilscope.check(lines == [b"HELLO\n"] * CONNECTIONS, "all are answered")
    for task in idle:
        task.cancel()
    ends = await asyncio.gather(*idle, return_exceptions=True)
    gilscope.check(all(isinstance(e, asyncio.CancelledError) for e in ends), "all are cancelled")
    server.close()
    await server.wait_closed()


asyncio.run(main())
