"""Downloads in threads: the waits overlap

A thread that waits gives the GIL away, so three downloads of 2 s take 2 s and not 6, and four of
1 s take 1 s and not 4.

chapter: gil
from: 001_cdf4b8e4eda2782e.txt, 002_c43905b1571a6008.txt
cores: 2
clock: virtual
speed: 1
"""
import threading
import time
import urllib.request

from gilscope import check, hosts, label, mark, measure, note

hosts("httpbin.org")


def download_url(url):
    print(f"Starting download: {url}")
    with label(url):
        time.sleep(2)  # the network's part
    print(f"Finished: {url}")


def fetch(url):
    with label("GET"), urllib.request.urlopen(url) as answer:
        return answer.read()


def in_threads(function, urls):
    threads = [threading.Thread(target=function, args=(url,)) for url in urls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


note("Nobody owns the GIL while all of them wait: dots, not shade.")
with measure() as three:
    in_threads(download_url, ["site1.com", "site2.com", "site3.com"])
check(2 <= three.seconds < 2.1,
      f"three downloads of 2 s took {three.seconds:.2f} s: the longest, not the sum")

mark("Four requests of 1 s, first one after the other.")
delays = ["http://httpbin.org/delay/1"] * 4
with measure() as sequential:
    for url in delays:
        fetch(url)
mark("And now in four threads.")
with measure() as threaded:
    in_threads(fetch, delays)
check(4 <= sequential.seconds < 4.2,
      f"one after the other: {sequential.seconds:.2f} s, the sum of the waits")
check(1 <= threaded.seconds < 1.1, f"in threads: {threaded.seconds:.2f} s, the longest wait")
