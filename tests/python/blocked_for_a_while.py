"""Who blocks where the virtual clock cannot see it is named, and goes on when it can"""
# run: run --clock virtual --print text --verify
# says: MainThread is blocked in line 13 where the virtual clock cannot see it
# says: MainThread prints: has it
# never: The run ends here
import fcntl
import subprocess
import tempfile

with tempfile.NamedTemporaryFile() as file:
    holder = subprocess.Popen(["flock", file.name, "sh", "-c", "echo mine; sleep 2.5"], stdout=subprocess.PIPE)
    holder.stdout.readline()
    fcntl.flock(file, fcntl.LOCK_EX)
    print("has it")
    holder.wait()
