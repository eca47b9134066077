"""Two threads that compute: the GIL is asked for, and handed over

cores: 2
"""
# run: run --print json --stats --verify
# matches: "type":"gil".*"why":"asked"
# matches: "state":"wants-gil".*"line":1[0-9],"cause":[0-9]
import threading


def compute():
    total = 0
    for i in range(1000000):
        total += i


threads = [threading.Thread(target=compute) for _ in range(2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
