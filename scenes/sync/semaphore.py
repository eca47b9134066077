"""Twelve queries, five connections: a Semaphore

A Semaphore(5) lets five threads in at a time, as a database with five connections would; the sixth
waits for one to leave.

chapter: sync
from: 001_cdf4b8e4eda2782e.txt
cores: 2
clock: virtual
speed: 0.03
"""
import threading
import time

from gilscope import check, label, mark, note

semaphore = threading.Semaphore(5)  # five connections
inside = []
most = 0


def query_database(i):
    global most
    with semaphore:
        inside.append(i)
        most = max(most, len(inside))
        with label(f"query {i}"):
            time.sleep(0.1)
        inside.remove(i)


note("Count the labels under one another: never more than five.")
threads = [threading.Thread(target=query_database, args=(i,)) for i in range(1, 13)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()

check(most <= 5, f"never more than 5 inside: {most}")
check(most == 5, f"all 5 places were used: {most}")
mark("Twelve queries by five at a time are three rounds.")
