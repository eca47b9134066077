"""asyncio's C half, imported before the rest, imports the rest while it is half made itself"""
# run: run --print json
# run: run --clock virtual --print json
# says: "text":"in a task"
# never: asked_to_call
# never: killed by signal
from _asyncio import Task

import asyncio


async def main():
    print("in a task", end="\n" if Task else "")


asyncio.run(main())
