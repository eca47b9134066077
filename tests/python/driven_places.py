"""Where waits are: in which file, and in which call of the library's"""
# run: run --clock virtual --print json --verify
# same: run --clock virtual --print json
# matches: "state":"sleeping".*"line":7,"file":"/.*/tests/python/support/napping.py","cause"
# matches: "state":"waiting","on":"jobs".*"line":11,"file":"/.*/support/napping.py","call":"Queue.get"
# matches: "type":"span".*"line":28,"call":"Thread.start"
# matches: "state":"io".*"line":31,"call":"asyncio.run"
# matches: "state":"waiting".*"line":32,"call":"PriorityQueue.get"
# matches: "state":"waiting","on":"lock".*"line":34,"cause"
# matches: "state":"waiting".*"line":[0-9]+,"file":"/.*/threading.py","cause"
# matches: "type":"check","time".*"line":35}
# never: "line":7,"cause"
# never: driven_places.py","
import asyncio
import queue
import threading

import gilscope
from support import napping

jobs = queue.Queue()
soon = queue.PriorityQueue()
lock = threading.Lock()
lock.acquire()
worker = threading.Thread(target=napping.take, args=(jobs,))
threading.Timer(0.02, soon.put, [1]).start()
threading.Timer(0.04, lock.release).start()
worker.start()
napping.nap()
jobs.put(None)
asyncio.run(asyncio.sleep(0.002))
soon.get()
worker.join()
lock.acquire()
gilscope.check(True, "it was its turn")
