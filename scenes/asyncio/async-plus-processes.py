"""Tasks fetch, processes compute

The loop asks for all data at once. What has arrived is handed to a pool of processes, and the loop
only waits for its result, as it waits for the network: it goes on with all the others meanwhile.

chapter: asyncio
from: 000_9fcab813c63d2679.txt
cores: 4
clock: virtual
speed: 0.1
"""
import asyncio
import multiprocessing
import time
from concurrent.futures import ProcessPoolExecutor

import gilscope
from gilscope import check, hosts, label, mark, note, phase

hosts("httpbin.org")
SIZES = [1024, 2048, 4096, 8192]
context = multiprocessing.get_context("fork")


def process_data(data):
    with label("process"):
        result = 0
        for i in range(400_000):
            result += i * data
    return result


async def fetch_and_process(size, executor):
    reader, writer = await asyncio.open_connection("httpbin.org", 80)
    request = f"GET /bytes/{size} HTTP/1.1\r\nHost: httpbin.org\r\nConnection: close\r\n\r\n"
    writer.write(request.encode())
    await reader.readuntil(b"\r\n\r\n")
    data = await reader.read()
    writer.close()
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(executor, process_data, len(data))


async def ticker(ticks):
    while True:
        ticks.append(time.perf_counter())
        await asyncio.sleep(0.005)


async def main(executor):
    ticks = []
    beside = asyncio.create_task(ticker(ticks))
    with phase("all"):
        results = await asyncio.gather(*(fetch_and_process(size, executor) for size in SIZES))
    beside.cancel()
    return results, max(b - a for a, b in zip(ticks, ticks[1:]))


if __name__ == "__main__":
    with ProcessPoolExecutor(max_workers=4, mp_context=context) as executor:
        list(executor.map(abs, range(4)))  # the workers are there before the loop has threads
        mark("Does the loop stand still while its workers compute?")
        results, pause = asyncio.run(main(executor))
    note("The loop's thread hardly runs at all.")
    begin = time.perf_counter()
    expected = [process_data(size) for size in SIZES]
    alone = (time.perf_counter() - begin) / len(SIZES)
    check(results == expected, "each result is that of its own data")
    # One core of a real machine may be asked for by all of them at once.
    most = alone if gilscope.clock == "virtual" else 2 * len(SIZES) * alone
    check(pause < most, "a task beside them never waits as long as one computes")
