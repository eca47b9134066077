"""asyncio: gather, create_task, wait_for, shield, cancel, timeouts"""
import asyncio


async def sleeper(s, log):
    try:
        await asyncio.sleep(s)
        log.append(s)
        return s
    except asyncio.CancelledError:
        log.append(-s)
        raise


async def main():
    log = []
    print(await asyncio.gather(*(sleeper(s, log) for s in (0.06, 0.03, 0.09))), log)
    try:
        await asyncio.wait_for(sleeper(1, log), 0.01)
    except asyncio.TimeoutError:
        print("timeout", log[-1])
    task = asyncio.create_task(sleeper(2, log))
    await asyncio.sleep(0)
    task.cancel()
    results = await asyncio.gather(task, sleeper(0.01, log), return_exceptions=True)
    print(type(results[0]).__name__, results[1])
    inner = asyncio.create_task(sleeper(0.02, log))
    try:
        await asyncio.wait_for(asyncio.shield(inner), 0.005)
    except asyncio.TimeoutError:
        print(await inner)


asyncio.run(main())
