"""How much memory each process has is looked at from outside: a counter, and what a process costs"""
# run: run --print json --verify
# run: run --print none --stats --verify
# run: run --print boxes --verify
# matches: "type":"counter",.*"on":"much",.*"on_kind":"memory","value":[3-9][0-9]{7}\b|^much +[0-9.]+ [mµ]?s +[3-9][0-9]\.[0-9] MB |much · [3-9][0-9]\.[0-9] MB
# matches: "on":"process 1",.*"on_kind":"memory"|^2 processes +[0-9.]+ [mµ]?s +[0-9.]+ [mµ]?s +[0-9.]+ MB +[3-9][0-9]\.[0-9] MB$|process 1 · [0-9.]+ MB
# matches: "on":"little",.*"on_kind":"memory","value":([0-9]{1,7}|[12][0-9]{7})\b|^Memory is what a process has for itself at most, and its share of what forked|little · [12]?[0-9]\.[0-9] MB
import multiprocessing
import time


def have(bytes_, seconds):
    data = b"x" * bytes_
    time.sleep(seconds)
    return data


if __name__ == "__main__":
    spawn, fork = (multiprocessing.get_context(how) for how in ("spawn", "fork"))
    processes = [spawn.Process(target=have, args=(30000000, 3), name="much"),
                 fork.Process(target=have, args=(0, 4), name="little")]
    for p in processes:
        p.start()
    time.sleep(4.5)
    for p in processes:
        p.join()
