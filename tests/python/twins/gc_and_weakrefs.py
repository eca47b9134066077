"""Finalizers, weak references and the collector beside threads"""
import gc
import threading
import weakref


class Node:
    def __init__(self):
        self.me = self


ended = []


def make():
    for _ in range(200):
        node = Node()
        weakref.finalize(node, ended.append, 1)


threads = [threading.Thread(target=make) for _ in range(3)]
for t in threads:
    t.start()
for t in threads:
    t.join()
gc.collect()
print(len(ended))
