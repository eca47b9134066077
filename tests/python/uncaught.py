"""An error's traceback is Python's own"""
# run: run --verify
# status: 1
# says: Traceback (most recent call last):
# matches: File ".*uncaught.py", line 11, in <module>
# says: ZeroDivisionError: division by zero
# never: "<gilscope
# never: bootstrap


1 / 0
