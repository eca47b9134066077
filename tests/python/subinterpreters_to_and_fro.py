"""A thread goes to and fro between two interpreters, from 3.12 on with a GIL each, while another one wants the first"""
# run: run --print text --verify
# says: every invariant holds
# says: to and fro
import os
import threading

try:
    import _interpreters as interpreters
except ImportError:
    import _xxsubinterpreters as interpreters

one = interpreters.create()
done = []


def go_and_come():
    for _ in range(300):
        interpreters.run_string(one, "import os\nfor i in range(40): os.stat('/')")
    done.append(True)


def want():
    while not done:
        os.stat("/")


threads = [threading.Thread(target=go_and_come), threading.Thread(target=want)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
interpreters.destroy(one)
print("to and fro")
