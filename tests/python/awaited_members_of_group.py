"""Who awaits the end of a TaskGroup's block says which of its tasks are not done"""
# run: run --clock virtual --verify --print json
# same: run --clock virtual --print json
# matches: "type":"member",.*"of":0,"untold":0
# from: 11
import asyncio


async def main():
    async with asyncio.TaskGroup() as group:
        group.create_task(asyncio.sleep(0.1))
        group.create_task(asyncio.sleep(0.2))


asyncio.run(main())
