"""Lines that are counted: those of a short loop have equal shares, and one that many come before is found"""
# run: run --clock virtual --verify --print json
# matches: "type":"busy",.*"function":"alike","line":1[5-8],"percent":2[4-6]}
# matches: "type":"busy",.*"function":"among_many","line":54,"file":"<string>","percent":
# same: run --clock virtual --print json
# says: every invariant holds
import asyncio

N = 50000


async def alike():
    a = 0

    for i in range(N * 3):
        a += 1
        a += 2
        a += 3


# First more lines than are counted one by one.
exec("""async def among_many():
    a = 0
    for i in range(N // 10):
""" + "        a += 1\n" * 50 + "    for _ in range(N * 12): a += 1\n")


async def main():
    await asyncio.create_task(alike())
    await asyncio.create_task(among_many())


asyncio.run(main())
