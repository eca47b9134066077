"""Who awaits a gather of what an executor was given says which items these are"""
# run: run --print json --verify
# run: run --clock virtual --print json --verify
# same: run --clock virtual --print json
# matches: "type":"member",.*"on":"tasks of crew",.*"number":1
# matches: "type":"member",.*"on":"tasks of crew",.*"number":2
# matches: "type":"member",.*"task":[0-9]+,"of":3,"untold":0
import asyncio
import time
from concurrent.futures import ThreadPoolExecutor


async def main():
    loop = asyncio.get_running_loop()
    with ThreadPoolExecutor(1, "crew") as crew:
        await asyncio.gather(loop.run_in_executor(crew, time.sleep, 0.02),
                             loop.run_in_executor(crew, time.sleep, 0.03),
                             asyncio.sleep(0.01))


asyncio.run(main())
