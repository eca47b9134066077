"""The next module's code lies where that of the one before did, and its names are its own"""
# run: run --print json
# run: run --clock virtual --print json
# matches: "held".*"on":"alpha".*/alpha.py"
# matches: "held".*"on":"omega".*/omega.py"
import os
import sys
import tempfile

TEXT = """
import threading, time
%s = threading.Lock()
with %s:
    time.sleep(0.002)
"""

with tempfile.TemporaryDirectory() as folder:
    sys.path.insert(0, folder)
    for name in "alpha", "omega":
        with open(os.path.join(folder, name + ".py"), "w") as file:
            file.write(TEXT % (name, name))
        __import__(name)
