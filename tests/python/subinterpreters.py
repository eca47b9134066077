"""Interpreters in one process: with one GIL up to 3.11, with one each from 3.12 on"""
# run: run --print json --verify
# says: "text":"done"
# matches: "kind":"interpreter","name":"interpreter 1"
import threading

try:
    import _interpreters as interpreters
except ImportError:
    import _xxsubinterpreters as interpreters


def work():
    one = interpreters.create()
    interpreters.run_string(one, "total = 0\nfor i in range(200000): total += i")
    interpreters.destroy(one)


threads = [threading.Thread(target=work) for _ in range(2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print("done")
