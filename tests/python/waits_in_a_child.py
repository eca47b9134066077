"""What a forked process waits for is its own, not what its parent called to fork it"""
# run: run --print json --verify
# run: run --clock virtual --print json --verify
# matches: "actor":[0-9]+,"state":"waiting","on":"Event 1","on_id":[0-9]+,"on_kind":"event"
# never: "on":"the other threads"
import time
from multiprocessing import get_context, managers

if __name__ == "__main__":
    # Its process waits a second at a time for its end.
    manager = managers.BaseManager(ctx=get_context("fork"))
    manager.start()
    time.sleep(0.5)  # on a slow machine it would be told to end before it has begun to wait
    manager.shutdown()
