"""Who awaits to_thread or run_in_executor says which item of the executor's it is, so who runs it"""
# run: run --print json --verify
# run: run --clock virtual --print json --verify
# same: run --clock virtual --print json
# matches: "type":"member",.*"on":"tasks of crew",.*"number":1
# matches: "type":"member",.*"on":"tasks of crew",.*"number":2
# from: 9
import asyncio
import time
from concurrent.futures import ThreadPoolExecutor


async def main():
    loop = asyncio.get_running_loop()
    crew = ThreadPoolExecutor(1)
    loop.set_default_executor(crew)
    await loop.run_in_executor(crew, time.sleep, 0.02)
    await asyncio.to_thread(time.sleep, 0.02)


asyncio.run(main())
