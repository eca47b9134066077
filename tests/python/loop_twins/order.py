"""Who runs when: callbacks, timers, first steps, what gives way and what does not"""
import asyncio
import threading
import time

from support.recorder import case, main, mark


async def marks(*words):
    for word in words:
        mark(word)


async def marks_in_turns(name):
    for i in range(3):
        mark(f"{name}{i}")
        await asyncio.sleep(0)


@case("m1 m2 a m3")
async def a_task_begins_in_the_next_turn():
    mark("m1")
    task = asyncio.create_task(marks("a"))
    mark("m2")
    await task
    mark("m3")


@case("direct m task")
async def awaiting_a_coroutine_is_a_call():
    task = asyncio.create_task(marks("task"))
    await marks("direct")
    mark("m")
    await task


@case("a0 b0 a1 b1 a2 b2")
async def tasks_take_turns():
    await asyncio.gather(marks_in_turns("a"), marks_in_turns("b"))


@case("m other")
async def a_done_future_does_not_give_way():
    other = asyncio.create_task(marks("other"))
    future = asyncio.get_running_loop().create_future()
    future.set_result(None)
    await future
    mark("m")
    await other


@case("other 7 m")
async def a_done_task_does_not_give_way():
    async def seven():
        return 7

    task, other = asyncio.create_task(seven()), asyncio.create_task(marks("other"))
    await asyncio.sleep(0)
    late = asyncio.create_task(marks("m"))
    mark(await task)
    await asyncio.gather(other, late)


@case("m m2 other")
async def a_queue_that_has_something_does_not_give_way():
    queue = asyncio.Queue()
    queue.put_nowait(1)
    other = asyncio.create_task(marks("other"))
    await queue.get()
    mark("m")
    await queue.put(2)
    mark("m2")
    await other


@case("m other")
async def a_free_lock_does_not_give_way():
    lock, other = asyncio.Lock(), asyncio.create_task(marks("other"))
    async with lock:
        mark("m")
    await other


@case("before 1 after 2")
async def sleep_of_less_than_nothing_gives_way_once():
    other = asyncio.create_task(marks(1))
    mark("before")
    await asyncio.sleep(-1)
    mark("after", 2)
    await other


@case("a b c m d m2")
async def callbacks_are_first_in_first_out():
    loop = asyncio.get_running_loop()
    loop.call_soon(mark, "a")
    loop.call_soon(lambda: (mark("b"), loop.call_soon(mark, "d")))
    loop.call_soon(mark, "c")
    await asyncio.sleep(0)
    mark("m")
    await asyncio.sleep(0)
    mark("m2")


@case("soon m later")
async def a_timer_of_nothing_comes_behind():
    loop = asyncio.get_running_loop()
    loop.call_later(0, mark, "later")
    loop.call_soon(mark, "soon")
    await asyncio.sleep(0)
    mark("m")
    await asyncio.sleep(0.01)


@case("a c")
async def a_cancelled_handle_is_passed_over():
    loop = asyncio.get_running_loop()
    handles = [loop.call_soon(mark, word) for word in "abc"]
    handles[1].cancel()
    await asyncio.sleep(0)


@case("3 1 2")
async def sleeps_end_by_their_deadlines():
    async def sleeper(name, seconds):
        await asyncio.sleep(seconds)
        mark(name)

    await asyncio.gather(sleeper(1, 0.04), sleeper(2, 0.08), sleeper(3, 0.01))


@case("a stop b")
def stop_ends_behind_its_turn():
    loop = asyncio.new_event_loop()
    loop.call_soon(mark, "a")
    loop.call_soon(lambda: (mark("stop"), loop.stop(), loop.call_soon(mark, "later")))
    loop.call_soon(mark, "b")
    loop.run_forever()
    loop.close()


@case("before ValueError after")
async def an_error_in_a_callback_goes_to_the_handler():
    def fail():
        raise ValueError

    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda loop, about: mark(type(about["exception"]).__name__))
    for callback in (lambda: mark("before"), fail, lambda: mark("after")):
        loop.call_soon(callback)
    await asyncio.sleep(0)


@case("blocked 1 2")
async def a_blocked_loop_is_late_and_not_twice():
    loop = asyncio.get_running_loop()
    loop.call_later(0.01, mark, 1)
    loop.call_later(0.02, mark, 2)
    time.sleep(0.04)
    mark("blocked")
    await asyncio.sleep(0.02)


@case("waits thread MainThread")
async def a_thread_wakes_the_loop():
    loop = asyncio.get_running_loop()
    future = loop.create_future()

    def other():
        time.sleep(0.1)
        mark("thread")
        loop.call_soon_threadsafe(future.set_result, None)

    thread = threading.Thread(target=other)
    thread.start()
    mark("waits")
    await future
    mark(threading.current_thread().name)
    thread.join()


@case("other own 1 2")
def two_threads_have_a_loop_each():
    async def sleeper(seconds, word):
        await asyncio.sleep(seconds)
        mark(word)

    async def both():
        await asyncio.gather(sleeper(0.35, 1), sleeper(0.5, 2))

    other = threading.Thread(target=asyncio.run, args=(sleeper(0.05, "other"),))
    own = threading.Thread(target=asyncio.run, args=(sleeper(0.2, "own"),))
    other.start(), own.start()
    asyncio.run(both())
    other.join(), own.join()


main()
