"""What a Python program is slowed down in: computing, small writes, free locks, a token passed,
tasks of an event loop that take turns, processes that are forked and do nothing."""
import asyncio
import multiprocessing
import os
import sys
import threading
import time


def best(work, rounds):
    least = None
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        took = time.perf_counter() - start
        least = took if least is None or took < least else least
    return least


def compute():
    x = 0
    for i in range(400000):
        x = (x * 3 + i) % 1000003


def write():
    fd = os.open(sys.argv[1], os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    put = os.write
    for _ in range(40000):
        put(fd, b"12345678")
    os.close(fd)


lock = threading.Lock()


def take_free_lock():
    for _ in range(200000):
        with lock:
            pass


def pass_token():
    changed = threading.Condition()
    turn = [0]

    def play(me):
        for _ in range(2500):
            with changed:
                while turn[0] != me:
                    changed.wait()
                turn[0] = 1 - me
                changed.notify()

    players = [threading.Thread(target=play, args=(me,)) for me in (0, 1)]
    for player in players:
        player.start()
    for player in players:
        player.join()


def take_turns():
    async def give_way():
        for _ in range(200):
            await asyncio.sleep(0)

    async def all_of_them():
        await asyncio.gather(*[give_way() for _ in range(100)])

    asyncio.run(all_of_them())


def start_processes():
    for _ in range(20):
        process = multiprocessing.get_context("fork").Process(target=int)
        process.start()
        process.join()


print("figures", best(compute, 5), best(write, 5), best(take_free_lock, 5), best(pass_token, 5),
      best(take_turns, 5), best(start_processes, 10))
