"""What is awaited has the name that the program gives it, and not one that the library has inside"""
# run: run --verify --print json
# run: run --clock virtual --verify --print json
# matches: "actor":5,"state":"awaiting","on":"as_completed",.*"line":33,"call":"asyncio.as_completed"
# matches: "actor":5,"state":"awaiting","on":"Task-4","on_id":[0-9]+,"on_kind":"task",.*"line":34,
# matches: "actor":5,"state":"awaiting","on":"Task-5","on_id":[0-9]+,"on_kind":"task",.*"line":36,
# matches: "actor":5,"state":"awaiting","on":"(future|Future 1)",.*"line":39,
# never: _wait_for_one
# never: _Opening
# says: every invariant holds
import asyncio
import sys
import types

library = types.ModuleType("library")
exec(compile("""
class _Opening:
    def __init__(self, nap):
        self.nap = nap
    async def __aenter__(self):
        await self.nap
    async def __aexit__(self, *error):
        pass
""", sys.prefix + "/lib/python3/site-packages/library.py", "exec"), library.__dict__)


async def nap(seconds):
    await asyncio.sleep(seconds)


async def main():
    for one in asyncio.as_completed([nap(0.02), nap(0.01)]):
        await one
    await asyncio.shield(nap(0.01))
    inner = asyncio.create_task(nap(0.01))
    await asyncio.shield(inner)
    future = asyncio.get_running_loop().create_future()
    asyncio.get_running_loop().call_later(0.01, future.set_result, 1)
    await future
    opening = asyncio.get_running_loop().create_future()
    asyncio.get_running_loop().call_later(0.01, opening.set_result, 1)
    async with library._Opening(opening):
        pass


asyncio.run(main())
