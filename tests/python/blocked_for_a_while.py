"""Who blocks where the virtual clock cannot see it is named, and goes on when it can"""
# run: run --clock virtual --print text --verify
# says: MainThread is blocked in line 17 where the virtual clock cannot see it
# says: MainThread prints: has it
# never: The run ends here
import ctypes
import fcntl
import platform
import subprocess
import tempfile

FLOCK = 73 if platform.machine() == "x86_64" else 32  # the kernel's number of the call

with tempfile.NamedTemporaryFile() as file:
    holder = subprocess.Popen(["flock", file.name, "sh", "-c", "echo mine; sleep 2.5"], stdout=subprocess.PIPE)
    holder.stdout.readline()
    ctypes.CDLL(None).syscall(FLOCK, file.fileno(), fcntl.LOCK_EX)
    print("has it")
    holder.wait()
