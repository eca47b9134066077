"""Programs that are no Pythons have no lanes, and waiting for one is waiting for the outside"""
# run: run --print json --verify
# run: run --clock virtual --print json --verify
# matches: "type":"note",.*"text":"this process starts another program, which has no lanes
# matches: "state":"io","on":"sleep"
# matches: "type":"output",.*"text":"0"
# never: "kind":"process","name":"process 2"
import os
import subprocess

subprocess.run(["sleep", "0.05"])
print(subprocess.run(["sleep", "0.05"], preexec_fn=lambda: None).returncode)
child = os.posix_spawnp("true", ["true"], {})
print(os.waitpid(child, 0)[1])
