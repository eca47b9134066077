"""A program that starts itself anew runs on without lanes"""
# run: run --print text --verify
# run: run --clock virtual --print text --verify
# status: 4
# matches: process 1 is replaced by .*/python[0-9.]* \(exec\)\.
# matches: The run ends after .* with exit status 4, its process replaced by
# says: anew: ['again']
# says: every invariant holds
import os
import sys

if len(sys.argv) < 2:
    os.execv(sys.executable, [sys.executable, __file__, "again"])
print("anew:", sys.argv[1:], file=sys.stderr)
sys.exit(4)
