"""All tasks of a loop await something, and yet it does not stand still: a signal's handler, or who writes to it, will help"""
# run: run --print text --verify
# says: every invariant holds
# says: all helped
# never: Stall
# never: stall:
# never: deadlock:
import asyncio
import os
import signal
import subprocess


def outsider(command, *files):
    return subprocess.Popen(["sh", "-c", "sleep 1.7; " + command], pass_fds=files)


async def hear_the_loop_s_signal():
    heard = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGINT, heard.set)
    outsider("kill -INT %d" % os.getpid())
    await heard.wait()


async def hear_the_program_s_signal():
    loop, heard = asyncio.get_running_loop(), asyncio.Event()
    signal.signal(signal.SIGUSR1, lambda number, frame: loop.call_soon_threadsafe(heard.set))
    outsider("kill -USR1 %d" % os.getpid())
    await heard.wait()
    signal.signal(signal.SIGUSR1, signal.SIG_DFL)


async def read():
    out, into = os.pipe()
    read = asyncio.Event()
    asyncio.get_running_loop().add_reader(out, read.set)
    outsider("printf x >&%d" % into, into)
    await read.wait()
    asyncio.get_running_loop().remove_reader(out)


for way in hear_the_loop_s_signal, hear_the_program_s_signal, read:
    asyncio.run(way())
print("all helped")
