"""A pool of threads runs what it is given, and its tasks are seen"""
# run: run --print json --verify
# run: run --clock virtual --print json --verify
# matches: "type":"label".*"label":"double".*"file":"[^"]*/pool.py"
# says: doubled [0, 2, 4]
import multiprocessing.pool


def double(x):
    return x * 2


with multiprocessing.pool.ThreadPool(2) as pool:
    print("doubled", pool.map(double, range(3)))
