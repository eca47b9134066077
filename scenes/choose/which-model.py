"""One workload in six ways: which model is it for?

Units that each wait and compute, one after the other, in threads, in processes, in tasks and in
both pools. A table behind the lanes has what each way took; the last check says which is the best,
and has to name what the decision tree does. Behind -- stands your own workload: --units 300, say,
or --wait 0 --compute 0.02, or --data 4000000, bytes of which each unit changes one.

chapter: choose
from: 000_9fcab813c63d2679.txt, 001_cdf4b8e4eda2782e.txt, 002_c43905b1571a6008.txt, 004_0085641d289618df.txt
cores: 4
clock: virtual
"""
import asyncio
import threading
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

from decision.decision import be_busy, check_best, fork, look_at_memory, measured, workload
from gilscope import check, mark


def compute(data):
    be_busy(work.compute)
    data[0] += 1
    return data


def unit(data):
    time.sleep(work.wait)
    return compute(data)


async def awaited_unit(data):
    await asyncio.sleep(work.wait)
    return compute(data)


def in_threads(all_data):
    threads = [threading.Thread(target=unit, args=(data,)) for data in all_data]
    for t in threads:
        t.start()
    look_at_memory()
    for t in threads:
        t.join()
    return all_data


def in_processes(all_data):
    results = fork.SimpleQueue()
    for data in all_data:
        fork.Process(target=lambda: results.put(unit(data))).start()
    return [results.get() for _ in all_data]


async def in_tasks(all_data):
    tasks = [asyncio.create_task(awaited_unit(data)) for data in all_data]
    await asyncio.sleep(0)  # now they wait
    look_at_memory()
    return await asyncio.gather(*tasks)


def in_pool(executor, all_data):
    with executor:
        return list(executor.map(unit, all_data))


if __name__ == "__main__":
    work = workload()
    ways = {"one after the other": lambda data: [unit(one) for one in data],
            "threads": in_threads, "processes": in_processes,
            "tasks": lambda data: asyncio.run(in_tasks(data)),
            "ThreadPoolExecutor": lambda data: in_pool(ThreadPoolExecutor(32), data),
            "ProcessPoolExecutor": lambda data: in_pool(ProcessPoolExecutor(None, fork), data)}
    for way, do in ways.items():
        done = measured(way, do, [bytearray(work.data) for _ in range(work.units)])
        check(sum(data[0] for data in done) == work.units, f"{way}: every unit did its work")
    mark("Which model is the best for this workload?")
    check_best()
