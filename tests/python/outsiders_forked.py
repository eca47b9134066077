"""A program is none of the run, either, where C forks a process to become it"""
# run: run --print json --verify
# run: run --clock virtual --print json --verify
# matches: "type":"note",.*"text":"this process starts another program, which has no lanes
# matches: "type":"output",.*"text":"0"
# matches: "type":"note","time":[0-9]*,"actor":1,
import subprocess

print(subprocess.run(["true"], preexec_fn=lambda: None).returncode)
print(subprocess.run(["true"], preexec_fn=lambda: None).returncode)
