"""asyncio: to_thread, run_in_executor, call_soon_threadsafe, a loop in another thread"""
import asyncio
import threading
import time


def blocking(s):
    time.sleep(s)
    return threading.current_thread() is not threading.main_thread(), s


async def main():
    began = time.monotonic()
    print(await asyncio.gather(*(asyncio.to_thread(blocking, s) for s in (0.05, 0.05, 0.05))))
    print(time.monotonic() - began < 0.15)
    loop = asyncio.get_running_loop()
    print(await loop.run_in_executor(None, blocking, 0.01))
    future = loop.create_future()
    threading.Timer(0.01, lambda: loop.call_soon_threadsafe(future.set_result, "from a thread")).start()
    print(await future)


asyncio.run(main())

loop = asyncio.new_event_loop()
t = threading.Thread(target=loop.run_forever)
t.start()
print(asyncio.run_coroutine_threadsafe(asyncio.sleep(0.01, "slept"), loop).result())
loop.call_soon_threadsafe(loop.stop)
t.join()
loop.close()
