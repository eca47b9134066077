"""Executors, timers, barriers, conditions, queues, an event loop"""
# run: run --print json --verify
# says: "text":"executor 285"
# says: "text":"timer"
# says: "text":"queue 20"
# says: "text":"[2, 1, 3]"
# matches: "type":"output".*"actor":[0-9]+.*"text":"timer"
import asyncio
import queue
import threading
import time
from concurrent.futures import ThreadPoolExecutor


def square(x):
    time.sleep(0.001)
    return x * x


with ThreadPoolExecutor(4) as executor:
    print("executor", sum(executor.map(square, range(10))))

timer = threading.Timer(0.005, print, ["timer"])
timer.start()
timer.join()

barrier = threading.Barrier(3)
threads = [threading.Thread(target=barrier.wait) for _ in range(3)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()

tasks = queue.Queue(2)


def produce():
    for i in range(20):
        tasks.put(i)
    tasks.put(None)


producer = threading.Thread(target=produce)
producer.start()
taken = 0
while tasks.get() is not None:
    taken += 1
producer.join()
print("queue", taken)


async def nap(n):
    await asyncio.sleep(n / 200)
    return n


async def main():
    return await asyncio.gather(nap(2), nap(1), nap(3))


print(asyncio.run(main()))
