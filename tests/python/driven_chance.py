"""On the virtual clock the date, chance, hashes and addresses are the same in every run"""
# run: run --clock virtual --print text
# says: 2026-01-01 00:00:0
# same: run --clock virtual --print json
import datetime
import os
import random
import secrets
import threading
import uuid

print(datetime.datetime.now(datetime.timezone.utc))
print(random.random(), os.urandom(8).hex(), secrets.token_hex(4), uuid.uuid4())
print(hash("text"), id(object()), {"a", "b", "c", "d", "e"})
for _ in range(3):
    threads = [threading.Thread(target=lambda: print(threading.get_ident())) for _ in range(3)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
