"""A lock whose attributes a program sets in its own way, past those who look, is one as ever"""
# run: run --verify --print json
# run: run --clock virtual --verify --print json
# says: "text":"set 2 times, and then 1"
# says: every invariant holds
import asyncio


class Lock(asyncio.Lock):
    def __setattr__(self, name, value):
        times[name] = times.get(name, 0) + 1
        super().__setattr__(name, value)


async def main():
    own, lock = Lock(), asyncio.Lock()
    times.clear()
    async with own:
        pass
    object.__setattr__(lock, "mine", 1)
    async with lock:
        print("set %d times, and then %d" % (times["_locked"], lock.mine))


times = {}
asyncio.run(main())
