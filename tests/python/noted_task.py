"""What asyncio says of a task names it in what is printed"""
# run: run --print text
# run: run --clock virtual --print text
# run: run --clock virtual --print lanes
# says: job-1: Task exception was never retrieved ValueError: nobody looks
# says: Task-1 (main): the failure of fail in job-2 (noted_task.py:11) arrives here:
import asyncio


async def fail():
    raise ValueError("nobody looks")


async def main():
    asyncio.create_task(fail(), name="job-1")
    await asyncio.sleep(0.01)
    try:
        await asyncio.create_task(fail(), name="job-2")
    except ValueError:
        pass


asyncio.run(main())
