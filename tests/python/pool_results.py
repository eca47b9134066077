"""Who waits for a pool waits for a result, by the name that the program gives it"""
# run: run --print json --verify
# run: run --clock virtual --print json --verify
# matches: "state":"waiting","on":"doubled".*"on_kind":"future".*"call":"(Map|Apply|Async)Result.get"
# matches: "state":"waiting","on":"later".*"on_kind":"future".*"call":"[A-Za-z]*Result.get"
import multiprocessing
import time


def double(x):
    time.sleep(0.02 * x)
    return x * 2


if __name__ == "__main__":
    with multiprocessing.get_context("fork").Pool(2) as pool:
        doubled = pool.map_async(double, range(3))
        later = pool.apply_async(double, (10,))
        assert doubled.get() == [0, 2, 4]
        assert later.get() == 20
        assert list(pool.imap(double, range(2))) == [0, 2]
