"""A lock is told of once somebody can have noticed, with the time and the line that it was taken at"""
# run: run --clock virtual --print json --verify
# matches: "type":"held","owner":4,"on":"early",.*"start":[0-9]{1,6},"end":[0-9]{8},"line":14
# says: every invariant holds
import threading
import time

early = threading.Lock()


def work():
    # Nobody else wants to run meanwhile.

    with early:
        for _ in range(300000):
            pass
        time.sleep(0.001)


thread = threading.Thread(target=work)
thread.start()
thread.join()
