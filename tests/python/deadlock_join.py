"""Who joins a thread that waits for his lock waits in a circle"""
# run: run --print json --verify
# run: run --clock virtual --print json --verify
# status: 1
# matches: "circle":true,"text":"deadlock: clerk waits for till \(line 15\), which MainThread holds; MainThread waits for the end of clerk \(line 22\)\."
# matches: "type":"held","owner":3,"on":"till",.*"line":20
# says: every invariant holds
import threading

till = threading.RLock()


def count():
    # MainThread has it, and will until this ends.
    with till:
        pass


clerk = threading.Thread(target=count, name="clerk")
till.acquire()
clerk.start()
clerk.join()
