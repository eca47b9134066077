"""A thousand connections at once to a host without a network"""
# run: run --clock virtual --verify --print none
# run: run --verify --print none
import asyncio
import resource

import gilscope

# As many a system has it.
resource.setrlimit(resource.RLIMIT_NOFILE, (256, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
gilscope.hosts("python.org")
open_now = most = 0


async def fetch():
    global open_now, most
    reader, writer = await asyncio.open_connection("python.org", 80)
    open_now += 1
    most = max(most, open_now)
    writer.write(b"GET /delay/3 HTTP/1.1\r\nHost: python.org\r\n\r\n")
    line = await reader.readline()
    open_now -= 1
    writer.close()
    return line


async def fetch_all():
    return await asyncio.gather(*(fetch() for _ in range(1000)))


lines = asyncio.run(fetch_all())
gilscope.check(set(lines) == {b"HTTP/1.1 200 OK\r\n"}, "all are answered")
gilscope.check(most == 1000, f"{most} connections were open at once")
