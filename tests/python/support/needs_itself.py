import threading


def work():
    from support import needs_itself
    print("never gets here", needs_itself)


worker = threading.Thread(target=work, name="worker")
worker.start()
worker.join()
