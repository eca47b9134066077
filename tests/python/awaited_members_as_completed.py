"""Who awaits the next of as_completed says which are not done yet"""
# run: run --clock virtual --verify --print json
# same: run --clock virtual --print json
# matches: "type":"member",.*"of":0,"untold":0
# from: 13
import asyncio


async def main():
    for one in asyncio.as_completed([asyncio.sleep(0.1), asyncio.sleep(0.2)]):
        await one
    async for one in asyncio.as_completed([asyncio.sleep(0.1), asyncio.sleep(0.2)]):
        await one


asyncio.run(main())
