"""The library's own callbacks are not told where they are short"""
# run: run --clock virtual --verify --print json
# matches: "type":"label","actor":4,"label":"main.<locals>.<lambda>"
# never: _set_result_unless_cancelled
# never: _wakeup
# never: _done_callback
# says: every invariant holds
import asyncio


async def put(queue):
    await asyncio.sleep(0.01)
    await queue.put(1)


async def main():
    queue = asyncio.Queue()
    asyncio.get_running_loop().call_later(0.02, lambda: None)
    await asyncio.gather(put(queue), queue.get(), asyncio.sleep(0.03))


asyncio.run(main())
