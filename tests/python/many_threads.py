"""A thousand threads at a time"""
# run: run --print none --verify
# says: every invariant holds
import threading

go = threading.Event()
threads = [threading.Thread(target=go.wait) for _ in range(1000)]
for thread in threads:
    thread.start()
go.set()
for thread in threads:
    thread.join()
