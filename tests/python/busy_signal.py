"""Nobody sees the signal that the looks at a loop's turns come by, and who wants it has it"""
# run: run --verify --print json
# matches: "type":"busy",.*"function":"crunch","line":29,
# says: handler called 0 times, then 1
# says: nothing waits
# says: looked at it is default
# says: in the middle 0 times, then 1
# says: unused it ends with -1
# never: "function":"not_looked_at"
# says: every invariant holds
import asyncio
import ctypes
import os
import signal
import subprocess
import sys
import time

SIGNAL = signal.SIGRTMAX - 1
calls = []


def handle(number, frame):
    calls.append(number)


def crunch():
    end = time.thread_time() + 0.1
    while time.thread_time() < end: [i for i in range(1000)]


def not_looked_at():
    end = time.thread_time() + 0.1
    while time.thread_time() < end: [i for i in range(1000)]


async def takes_it_first():
    not_looked_at()


async def blocks_it():
    not_looked_at()
    if not signal.sigpending() and signal.sigtimedwait({SIGNAL}, 0) is None:
        print("nothing waits")


async def takes_it_in_the_middle():
    crunch()
    await asyncio.sleep(0)
    assert signal.signal(SIGNAL, handle) == signal.SIG_DFL
    not_looked_at()


async def looks():
    crunch()
    action = ctypes.create_string_buffer(256)
    ctypes.CDLL(None).sigaction(int(SIGNAL), None, action)
    print("looked at it is", "default" if int.from_bytes(action[:8], "little") == 0 else "ours")


def own_handler(main, what):
    calls.clear()
    asyncio.run(main())
    before = len(calls)
    os.kill(os.getpid(), SIGNAL)
    print(what, before, "times, then", len(calls))
    signal.signal(SIGNAL, signal.SIG_DFL)


signal.signal(SIGNAL, handle)
own_handler(takes_it_first, "handler called")
own_handler(takes_it_in_the_middle, "in the middle")

signal.pthread_sigmask(signal.SIG_BLOCK, {SIGNAL})
asyncio.run(blocks_it())
signal.pthread_sigmask(signal.SIG_UNBLOCK, {SIGNAL})

asyncio.run(looks())
child = os.fork()
if child == 0:
    os.kill(os.getpid(), SIGNAL)
    os._exit(0)
ended = os.WTERMSIG(os.waitpid(child, 0)[1])
other = subprocess.run([sys.executable, "-c", f"import os; os.kill(os.getpid(), {int(SIGNAL)})"])
print("unused it ends with", -1 if ended == SIGNAL == -other.returncode else (ended, other))
