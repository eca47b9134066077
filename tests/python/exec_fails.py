"""An exec that fails in spite of a file that can be executed: the program goes on, and so do its lanes"""
# run: run --print text --verify
# run: run --clock virtual --print text --verify
# same: run --clock virtual --print json
# says: MainThread prints: no format: 8
# says: MainThread prints: no interpreter: 2
# says: MainThread prints: no loader: 2
# says: MainThread prints: too long: 7
# says: MainThread of process 2 prints: from a child: 8
# says: MainThread prints: a child's: Exec format error
# says: worker prints: still here
# never: is replaced by
# never: with its process
# matches: The run ends after .* with exit status 0\.
# says: every invariant holds
import os
import subprocess
import sys
import tempfile
import threading


def file(name, content):
    path = os.path.join(folder.name, name)
    with open(path, "wb") as out:
        out.write(content)
    os.chmod(path, 0o755)
    return path


def fail(what, path, words=()):
    try:
        os.execv(path, [path, *words])
    except OSError as error:
        print(what + ":", error.errno, flush=True)


def work():
    tried.wait()
    print("still here")


folder = tempfile.TemporaryDirectory()
tried = threading.Event()
worker = threading.Thread(target=work, name="worker")
worker.start()
with open("/bin/sh", "rb") as program:
    loaderless = program.read().replace(b"/ld-linux", b"/no-linux")
nothing = file("nothing", b"neither a program nor a script\n")
fail("no format", nothing)
fail("no interpreter", file("script", b"#!/no/such/interpreter\n"))
fail("no loader", file("loaderless", loaderless))
fail("too long", "/bin/sh", ["-c", "x" * (1 << 20)])
tried.set()
worker.join()
child = os.fork()
if child == 0:
    fail("from a child", nothing)
    os._exit(0)
os.waitpid(child, 0)
try:
    subprocess.run([nothing], preexec_fn=lambda: None)
except OSError as error:
    print("a child's:", error.strerror)
folder.cleanup()
