"""A child that awaits who awaits it, behind a gather: a circle through it, and who is done is no part of it"""
# run: run --clock virtual --verify
# run: run --until 20 --verify
# status: 1
# says: deadlock: Task-1 (main) awaits gather (line 25): child (ask) of 2 is not done; child (ask) awaits Task-1 (line 18).
# never: quick and
# never: awaits the result of
import asyncio


async def quick():
    await asyncio.sleep(0.001)


async def ask(parent):
    await asyncio.sleep(0.01)
    # which never comes
    await parent


async def main():
    child = asyncio.create_task(ask(asyncio.current_task()), name="child")
    first = asyncio.create_task(quick(), name="quick")
    # of which one is done
    await asyncio.gather(first, child)


asyncio.run(main())
