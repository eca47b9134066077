"""random with a seed, shuffles in threads, uuids and secrets that differ"""
import hashlib
import random
import secrets
import threading
import uuid

random.seed(4)
print([random.randrange(100) for _ in range(8)])
results = {}


def shuffle(n):
    own, cards = random.Random(n), list(range(10))
    own.shuffle(cards)
    results[n] = cards


threads = [threading.Thread(target=shuffle, args=(n,)) for n in range(4)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print([results[n] for n in range(4)])
print(len({uuid.uuid4() for _ in range(50)}), len({secrets.token_hex() for _ in range(50)}))
print(hashlib.sha256(b"x").hexdigest()[:16], len(set("a b c d".split())))
