"""Fifty requests, then a thousand: in threads and in tasks

Each request waits a second. Fifty threads do that as well as fifty tasks. But each thread has a
stack, and its own wish for the GIL when its answer is there; a thousand tasks are objects in one
thread. The memory that is compared is what the process sets aside: for a thread that is its stack,
8 MB as a rule. Little of it is touched: about 20 KB a thread, and 8 KB a task with its connection.

chapter: asyncio
from: 000_9fcab813c63d2679.txt
cores: 2
clock: virtual
speed: 0.5
"""
import asyncio
import socket
import threading

import gilscope
from gilscope import check, hosts, mark, measure, note, phase

hosts("httpbin.org")
REQUEST = b"GET /delay/1 HTTP/1.1\r\nHost: httpbin.org\r\nConnection: close\r\n\r\n"


def set_aside():
    """The KB of memory that this process has for data and stacks, used or not."""
    with open("/proc/self/status") as status:
        return int(next(line.split()[1] for line in status if line.startswith("VmData")))


def in_threads(count):
    def fetch():
        with socket.create_connection(("httpbin.org", 80)) as connection:
            connection.sendall(REQUEST)
            while connection.recv(4096):
                pass

    threads = [threading.Thread(target=fetch) for _ in range(count)]
    for t in threads:
        t.start()
    kilobytes = set_aside()
    for t in threads:
        t.join()
    return kilobytes


async def in_tasks(count):
    async def fetch():
        reader, writer = await asyncio.open_connection("httpbin.org", 80)
        writer.write(REQUEST)
        await reader.read()
        writer.close()

    tasks = [asyncio.create_task(fetch()) for _ in range(count)]
    await asyncio.sleep(0.9)  # now they wait
    kilobytes = set_aside()
    await asyncio.gather(*tasks)
    return kilobytes


def measured(name, function, count):
    """In seconds, and in KB."""
    before = set_aside()
    with phase(f"{count} {name}"), measure() as took:
        kilobytes = function(count) - before
    return took.seconds, kilobytes


if __name__ == "__main__":
    asyncio.run(in_tasks(1))  # what the loop has for itself is there
    # A loop hands each name that has to be looked up to a thread, and takes the answer back.
    most = 1.3 if gilscope.clock == "real" else 1.05
    note("The loop has some threads to look names up; the tasks have none.")
    for count in 50, 1000:
        mark(f"{count} requests, first in tasks and then in threads.")
        tasks, tasks_kb = measured("tasks", lambda count: asyncio.run(in_tasks(count)), count)
        threads, threads_kb = measured("threads", in_threads, count)
        check(tasks < most * threads, f"{count} tasks: {tasks:.2f} s, threads: {threads:.2f} s")
        check(threads_kb >= 5 * tasks_kb, f"{count} threads: five times as much memory set aside")
