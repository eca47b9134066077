"""What a loop calls that is no task's step is named in its lane, with its line"""
# run: run --verify --print json
# run: run --clock virtual --verify --print json
# same: run --clock virtual --print json
# matches: "type":"label","actor":4,"label":"soon",.*"line":38}
# matches: "type":"label","actor":4,"label":"Poller.tick",.*"line":44}
# matches: "type":"label","actor":4,"label":"Poller.heard",.*"line":47}
# matches: "type":"label","actor":4,"label":"done",.*"line":52}
# matches: "type":"label","actor":4,"label":"main.<locals>.from_a_thread",.*"line":96}
# matches: "type":"label","actor":4,"label":"main.<locals>.<lambda>",.*"line":101}
# matches: "type":"label","actor":4,"label":"handle_signal",.*"line":73}
# matches: "type":"label","actor":4,"label":"one",.*"line":57}
# matches: "type":"label","actor":4,"label":"other",.*"line":57}
# matches: "type":"label","actor":4,"label":"Callable",.*"line":30}
# matches: "type":"label","actor":4,"label":"sleep",.*"line":null
# matches: "actor":4,"state":"sleeping",.*"label":"Poller.tick",.*"line":45,
# never: inside
# says: every invariant holds
# says: the callback that failed
import asyncio
import contextvars
import functools
import os
import signal
import threading
import time


class Callable:
    def __call__(self):
        time.sleep(0.001)


def inside():
    pass


def soon(text):
    contextvars.copy_context().run(inside)
    assert text == "text"


class Poller:
    def tick(self):
        time.sleep(0.05)

    def heard(self, file, loop):
        os.read(file, 1)
        loop.remove_reader(file)


def done(future):
    contextvars.copy_context().run(inside)


def logged(function):
    @functools.wraps(function)
    def log(*arguments):
        return function(*arguments)
    return log


@logged
def one():
    pass


@logged
def other():
    pass


def handle_signal():
    pass


def fail():
    raise ValueError("the callback that failed")


async def main():
    loop, poller = asyncio.get_running_loop(), Poller()
    read, write = os.pipe()
    loop.call_soon(soon, "text")
    loop.call_later(0.01, functools.partial(functools.partial(poller.tick)))
    loop.add_reader(read, poller.heard, read, loop)
    loop.add_signal_handler(signal.SIGUSR1, handle_signal)
    loop.call_soon(Callable())
    loop.call_soon(time.sleep, 0.001)
    loop.call_soon(fail)
    loop.call_soon(one)
    loop.call_soon(other)
    future = loop.create_future()
    future.add_done_callback(done)

    def from_a_thread():
        future.set_result(1)

    thread = threading.Thread(target=loop.call_soon_threadsafe, args=(from_a_thread,))
    thread.start()
    loop.call_soon(lambda: os.write(write, b"x"))
    await future
    thread.join()
    os.kill(os.getpid(), signal.SIGUSR1)
    await asyncio.sleep(0.1)


asyncio.run(main())
