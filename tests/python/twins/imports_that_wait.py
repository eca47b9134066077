"""Modules that wait for other threads while they are imported, in every way there is"""
import os
import sys
import tempfile
import threading

MODULES = {
    "joins": """
import threading, time
done = []
thread = threading.Thread(target=lambda: (time.sleep(0.01), done.append("joined")))
thread.start()
thread.join()
""",
    "gets": """
import queue, threading
jobs = queue.Queue()
threading.Thread(target=jobs.put, args=("got",)).start()
done = [jobs.get()]
""",
    "waits": """
import threading
event = threading.Event()
threading.Timer(0.01, event.set).start()
done = [event.wait(10), threading.Event().wait(0.005)]
""",
    "takes": """
import threading, time
lock, held = threading.Lock(), threading.Event()
def hold():
    with lock:
        held.set()
        time.sleep(0.01)
threading.Thread(target=hold).start()
held.wait()
with lock:
    done = ["taken"]
""",
    "sleeps": """
import time
begin = time.monotonic()
time.sleep(0.01)
done = [time.monotonic() - begin >= 0.01]
""",
    "looks": """
import threading, time
done = []
thread = threading.Thread(target=lambda: (time.sleep(0.01), done.append("seen")))
thread.start()
while not done:
    pass
thread.join()
""",
    "looks_at_the_clock": """
import time
end = time.monotonic() + 0.005
while time.monotonic() < end:
    pass
done = ["it moves"]
""",
    "maps": """
from concurrent.futures import ThreadPoolExecutor
with ThreadPoolExecutor(2) as pool:
    done = list(pool.map(abs, [-1, -2, -3]))
""",
    "runs_a_loop": """
import asyncio
done = [asyncio.run(asyncio.sleep(0.01, "slept"))]
""",
    "forks": """
import os
child = os.fork()
if child == 0:
    os._exit(3)
done = [os.waitpid(child, 0)[1] >> 8]
""",
    "slow": "import time; time.sleep(0.02); done = ['once']",
    "one": "import time; time.sleep(0.01); import other; done = ['one', other.__name__]",
    "other": "import time; time.sleep(0.01); import one; done = ['other', one.__name__]",
}


def by_threads(*names):
    """All at a time: who comes second to a module waits until it is there."""
    seen = []
    threads = [threading.Thread(target=lambda name: seen.append(__import__(name)), args=(name,))
               for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(sorted(set(str(module.done) for module in seen)))


with tempfile.TemporaryDirectory() as folder:
    for name, text in MODULES.items():
        with open(os.path.join(folder, name + ".py"), "w") as file:
            file.write(text)
    sys.path.insert(0, folder)
    for name in list(MODULES)[:10]:
        print(name, __import__(name).done)
    by_threads("slow", "slow", "slow", "slow")
    by_threads("one", "other")  # which need each other: importlib sees that they would wait for ever
