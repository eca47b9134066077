"""What other programs and C code print is the process's output, once"""
# run: run --print json --verify
# run: run --clock virtual --print json --verify
# says: "text":"from Python","line":19}
# matches: "type":"output",.*"text":"from a shell","line":null}
# matches: "type":"output",.*"text":"from a program","line":null}
# matches: "type":"output",.*"text":"from C","line":null}
# matches: "type":"output",.*"text":"behind its end","line":null}
# says: "text":"a thread complains","line":30,"stream":"stderr"}
# never: "text":"nobody sees this"
# matches: ^a thread complains$
# matches: ^the shell complains$
import ctypes
import os
import subprocess
import sys

sys.stdout.flush()
print("from Python")
os.system("echo from a shell; echo the shell complains >&2")
subprocess.run(["echo", "from a program"])
libc = ctypes.CDLL(None)
libc.puts(b"from C")
libc.fflush(None)

keep = os.dup(1)
os.dup2(os.open("/dev/null", os.O_WRONLY), 1)
print("nobody sees this")
os.dup2(keep, 1)
print("a thread complains", file=sys.stderr)
assert not sys.stdout.isatty()
libc.puts(b"behind its end")
