"""The last thread that acts ends, and nobody is left for the others: they are named all the same"""
# run: run --clock virtual --verify --print text
# same: run --clock virtual --print json
# status: 1
# says: MainThread waits for somebody to set never (line 13): nobody is left who could.
# says: The run ends after 62.6 ms with exit status 1.
# says: every invariant holds
import threading
import time

never = threading.Event()
threading.Thread(target=time.sleep, args=(0.05,)).start()
never.wait()
