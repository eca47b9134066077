"""What cannot be pickled cannot be sent to a pool

What a task needs goes to its worker as bytes. A function inside a function has no name by which the
worker could find it; a lock and an open connection belong to the process that made them. The call
gets the error, and the pool lives on.

chapter: processes
from: 000_9fcab813c63d2679.txt, 004_0085641d289618df.txt
cores: 4
clock: virtual
speed: 0.005
"""
import functools
import sqlite3
import threading
from multiprocessing import get_context

from gilscope import check, label, mark, note


def query(lock, connection, n):
    with lock:
        return connection.execute("select ?", (n,)).fetchone()[0]


def closure_over(lock, connection):
    def run_query(n):
        return query(lock, connection, n)
    return run_query


def error_of(pool, function):
    """What the pool says of a function that it cannot send."""
    with label("attempt"):
        try:
            pool.map(function, range(3))
        except Exception as error:
            print(f"{type(error).__name__}: {error}")
            return str(error)
    return "none"


if __name__ == "__main__":
    lock = threading.Lock()
    connection = sqlite3.connect(":memory:")
    with get_context("fork").Pool(2) as pool:
        note("The task handler pickles: look there, not at the workers.")
        error = error_of(pool, closure_over(lock, connection))
        check("closure_over.<locals>.run_query" in error, "the closure is named")

        mark("A function of the module is sent by its name. What about its arguments?")
        error = error_of(pool, functools.partial(query, lock, connection))
        check("'_thread.lock'" in error, "the lock is named")
        error = error_of(pool, functools.partial(query, None, connection))
        check("'sqlite3.Connection'" in error, "the connection is named")

        check(pool.map(abs, [-1, 2, -3]) == [1, 2, 3], "the pool lives on")
