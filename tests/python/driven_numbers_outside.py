"""On the virtual clock programs that are no Python get the machine's numbers, and Python's calls know what is meant"""
# run: run --clock virtual --verify
# says: every invariant holds
import os
import signal
import subprocess

import gilscope

child = os.posix_spawn("/bin/sh", ["sh", "-c", "exit 3"], os.environ)
end = os.waitid(os.P_PID, child, os.WEXITED)
gilscope.check((end.si_pid, end.si_status) == (child, 3), "posix_spawn, waitid")
process = subprocess.Popen(["sleep", "100"], start_new_session=True)
gilscope.check(os.getpgid(process.pid) == os.getsid(process.pid) == process.pid,
               "a group has its leader's")
os.killpg(process.pid, signal.SIGTERM)
gilscope.check(process.wait() == -signal.SIGTERM, "killpg, Popen.wait")

# Programs that are no Python get the machine's.
process = subprocess.Popen(["sleep", "100"])
subprocess.run(["sh", "-c", "kill -9 %d" % process.pid])
gilscope.check(process.wait() == -signal.SIGKILL, "a shell finds it")
process = subprocess.Popen(["sleep", "100"])
os.system("kill -9 %d" % process.pid)
gilscope.check(process.wait() == -signal.SIGKILL, "system, too")
process = subprocess.Popen(["sleep", "100"])
handle = os.pidfd_open(process.pid)
process.kill()
process.wait()
os.close(handle)
gilscope.check(True, "pidfd_open, and kill")
