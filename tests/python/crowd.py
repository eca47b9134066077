"""More threads at a time than there are rings"""
# run: run --print none --verify
# says: every invariant holds
import threading

go = threading.Event()
threads = [threading.Thread(target=go.wait) for _ in range(2300)]
for thread in threads:
    thread.start()
go.set()
for thread in threads:
    thread.join()
