"""ThreadPoolExecutor: map's order, exceptions, a limit, shutdown"""
import time
from concurrent.futures import ThreadPoolExecutor, TimeoutError


def slow(n):
    time.sleep(0.03 - n / 200)
    if n == 3:
        raise ValueError(f"no {n}")
    return n * 10


with ThreadPoolExecutor(max_workers=4, thread_name_prefix="pool") as pool:
    results = pool.map(slow, range(5))
    got = []
    try:
        for r in results:
            got.append(r)
    except ValueError as error:
        print(got, error)
    f = pool.submit(time.sleep, 0.2)
    try:
        f.result(timeout=0.01)
    except TimeoutError:
        print("not yet", f.done())
try:
    pool.submit(print)
except RuntimeError as error:
    print(error)
