"""Three tasks in one thread: 3 s, not 6

Each task gives way at its await, and the loop goes on with another one. So all of them wait at the
same time, and the whole takes as long as the longest: 3 s for 2, 1 and 3; 1 s for five times 1.

chapter: asyncio
from: 000_9fcab813c63d2679.txt, 002_c43905b1571a6008.txt
cores: 1
clock: virtual
speed: 1
"""
import asyncio

import gilscope
from gilscope import check, mark, measure, note

finished = []


async def task(name, delay):
    print(f"{name}: Starting")
    await asyncio.sleep(delay)  # here others get their turn
    print(f"{name}: Finished after {delay}s")
    finished.append(name)
    return f"{name} result"


async def fetch_data(url):
    print(f"Requesting {url}")
    await asyncio.sleep(1)  # the network's part
    return f"Data from {url}"


async def three_tasks():
    return await asyncio.gather(task("Task 1", 2), task("Task 2", 1), task("Task 3", 3))


async def five_fetches():
    return await asyncio.gather(*(fetch_data(f"api{i}.com") for i in range(5)))


late = 0.2 if gilscope.clock == "real" else 0.005  # how much later a busy machine may wake it
note("There is one thread. It only runs where something is printed.")
with measure() as three:
    results = asyncio.run(three_tasks())
check(3 <= three.seconds < 3 + late, f"three tasks took {three.seconds:.2f} s: the longest wait")
check(finished == ["Task 2", "Task 1", "Task 3"], "they end in the order 2, 1, 3")
check(results == [f"Task {i} result" for i in (1, 2, 3)], "the results are in the call's order")

mark("Five times 1 s: how long will it take?")
with measure() as five:
    data = asyncio.run(five_fetches())
check(1 <= five.seconds < 1 + late, f"five fetches of 1 s took {five.seconds:.2f} s")
check(data == [f"Data from api{i}.com" for i in range(5)], "each has its own data")
