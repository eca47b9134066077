"""The program sees what it sees without us"""
# run: run --verify
# says: all the same
import os
import subprocess
import sys

facts = """
import os, sys
print(sys.argv[1:], sys.path[1:], sorted(sys.modules), sys.flags, sys.stdout.encoding)
print(sorted(k for k in os.environ if k != "PIPE"), os.listdir("/proc/self/fd"))
"""


def see():
    return (sys.path[1:], sorted(sys.modules), tuple(sys.flags), sys.stdout.encoding, __name__,
            sorted(k for k in os.environ if k not in ("PLAIN", "_")), sorted(os.listdir("/proc/self/fd")),
            __file__, sys.argv, len(os.listdir("/proc/self/task")))


if os.environ.get("PLAIN"):
    print(see())
else:
    here = str(see())
    plain = subprocess.run([sys.executable, __file__], env={**os.environ, "PLAIN": "1"},
                           stdin=subprocess.DEVNULL, capture_output=True, text=True).stdout.strip()
    print("all the same" if here == plain else "with us: %s\nplain:   %s" % (here, plain))
