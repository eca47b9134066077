"""subprocess: run, pipes, exit status, a limit"""
# outside: what children that are not driven do takes real time
import subprocess
import sys

run = subprocess.run([sys.executable, "-c", "print(6 * 7)"], capture_output=True, text=True)
print(run.stdout.strip(), run.returncode)
run = subprocess.run(["sh", "-c", "cat; exit 3"], input="through\n", capture_output=True, text=True)
print(run.stdout.strip(), run.returncode)
try:
    subprocess.run(["sleep", "60"], timeout=0.2)
except subprocess.TimeoutExpired as error:
    print("expired", error.cmd)
with subprocess.Popen(["cat"], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as p:
    print(p.communicate(b"x" * 100000)[0] == b"x" * 100000)
