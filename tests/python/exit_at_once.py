"""os._exit ends at once, and the trace is complete"""
# run: run --verify
# status: 5
# says: total
# never: has not ended
import os
import threading
threading.Thread(target=threading.Event().wait, daemon=True).start()
os._exit(5)
