"""A host's server that waits to be asked keeps no deadlock from being one"""
# run: run --clock virtual --print text
# run: run --print text
# status: 1
# says: deadlock
import threading

import gilscope

gilscope.hosts("python.org")
first, second = threading.Lock(), threading.Lock()
both = threading.Barrier(2)


def take(one, other):
    with one:
        both.wait()
        with other:
            pass


threads = [threading.Thread(target=take, args=locks) for locks in ((first, second), (second, first))]
for thread in threads:
    thread.start()
