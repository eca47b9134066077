"""A fork while another thread holds a lock

A forked child has a copy of everything, also of a lock that is held, but only the thread that
forked: whoever would have released the lock is not there. So the child would wait for ever; here it
is ended. The child of a forkserver has imported the program anew, and a lock of its own.

chapter: processes
from: 000_9fcab813c63d2679.txt, 004_0085641d289618df.txt
cores: 4
clock: virtual
speed: 0.02
"""
import signal
import threading
import time
import warnings
from multiprocessing import get_context

from gilscope import check, label, mark, note, phase

warnings.simplefilter("ignore", DeprecationWarning)  # 3.12 and later warn of just this

journal = threading.Lock()


def write_report():
    with journal, label("holds journal"):
        time.sleep(0.05)


def child():
    with journal:
        print("written by the child")


def start_beside_writer(method):
    """A child that is started while another thread holds the journal."""
    writer = threading.Thread(target=write_report, name="writer")
    writer.start()
    time.sleep(0.01)
    p = get_context(method).Process(target=child, name=f"child by {method}")
    p.start()
    writer.join()
    return p


if __name__ == "__main__":
    note("What the child wants is a copy of the lock that the writer holds.")
    with phase("fork"):
        p = start_beside_writer("fork")
        check(not journal.locked(), "here the writer has released the journal")
        mark("Will the child get it now?")
        p.join(timeout=0.05)
        check(p.is_alive(), "fork: the child still waits, and nobody will release its copy")
        p.terminate()
        p.join()
        check(p.exitcode == -signal.SIGTERM, "it waited until it was ended")
    mark("And a child that has no copy?")
    with phase("forkserver"):
        p = start_beside_writer("forkserver")
        p.join()
        check(p.exitcode == 0, "forkserver: the child writes, and ends")
