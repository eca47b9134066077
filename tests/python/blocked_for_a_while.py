"""Who blocks where the virtual clock cannot see it is named, and goes on when it can"""
# run: run --clock virtual --print text --verify
# says: MainThread is blocked in line 19 where the virtual clock cannot see it
# says: MainThread prints: has it
# never: The run ends here
import fcntl
import subprocess
import sys
import tempfile

with tempfile.NamedTemporaryFile() as file:
    holder = subprocess.Popen([sys.executable, "-c", """if True:
        import fcntl, sys, time
        file = open(sys.argv[1])
        fcntl.flock(file, fcntl.LOCK_EX)
        print("mine", flush=True)
        time.sleep(2.5)""", file.name], stdout=subprocess.PIPE)
    holder.stdout.readline()
    fcntl.flock(file, fcntl.LOCK_EX)
    print("has it")
    holder.wait()
