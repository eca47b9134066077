"""What the library makes an event for has none of the names of the line that called it"""
# run: run --print json
# run: run --clock virtual --print json
# matches: "on":"Event [0-9]+".*"line":27
# matches: "on":"Event [0-9]+".*"line":29
# matches: "on":"Event [0-9]+".*"line":31
# matches: "on":"bell".*"line":34
# matches: "on":"far".*"line":36
# never: "on":"done"
# never: "on":"futures"
# never: "on":"finished"
import multiprocessing
import threading
import time
from concurrent import futures


def both():
    return [crew.submit(time.sleep, 0.02), crew.submit(time.sleep, 0.01)]


bell = threading.Event()
far = multiprocessing.Event()

with futures.ThreadPoolExecutor(2) as crew:
    works = both()
    done, _ = futures.wait(works)
    works = both()
    futures.wait(works, return_when=futures.FIRST_COMPLETED)
    works = both()
    finished = [work.result() for work in futures.as_completed(works)]

threading.Timer(0.01, bell.set).start()
bell.wait()
threading.Timer(0.01, far.set).start()
far.wait()
