"""On the virtual clock three sleepers take as long as the longest"""
# run: run --clock virtual --verify
# same: run --clock virtual --print json
import asyncio
import time

import gilscope

order = []


async def sleeper(seconds):
    await asyncio.sleep(seconds)
    order.append(seconds)


async def main():
    await asyncio.gather(sleeper(2), sleeper(1), sleeper(3))


start = time.perf_counter()
asyncio.run(main())
took = time.perf_counter() - start
gilscope.check(3 <= took < 3.002, "three seconds, not six")
gilscope.check(order == [1, 2, 3], "the shortest first")
