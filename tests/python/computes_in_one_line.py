"""What stays in its line for long is one stretch, told once; the start-up has no line"""
# run: run --verify --print json
# matches: "actor":3,"state":"running",.*"start":[0-9]{1,8},"end":([2-9][0-9]{8}|[0-9]{10,}),"line":11,
# never: "file"
# says: every invariant holds
import time

end = time.thread_time() + 0.2
x = 0

while time.thread_time() < end: x += 1
