"""A thousand connections at once to a host without a network"""
# run: run --clock virtual --verify --print none
# run: run --verify --print none
import asyncio
import resource

import gilscope

# As many a system has it.
resource.setrlimit(resource.RLIMIT_NOFILE, (256, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
gilscope.hosts("python.org")
connections = []


async def fetch(all_open):
    reader, writer = await asyncio.open_connection("python.org", 80)
    connections.append(writer)
    if len(connections) == 1000:
        all_open.set()
    await all_open.wait()
    writer.write(b"GET / HTTP/1.1\r\nHost: python.org\r\n\r\n")
    line = await reader.readline()
    writer.close()
    return line


async def fetch_all():
    all_open = asyncio.Event()
    return await asyncio.gather(*(fetch(all_open) for _ in range(1000)))


lines = asyncio.run(fetch_all())
gilscope.check(lines == [b"HTTP/1.1 200 OK\r\n"] * 1000, "all are answered")
