"""A pipe where a regular file's descriptor was: nobody reads it, and that is seen"""
# run: run --until 8 --print text
# status: 1
# matches: Stall: .* MainThread waits for room in pipe \(descriptor [0-9]+\) \(line [0-9]+\): it is full
import os
import tempfile

with tempfile.TemporaryFile() as first, tempfile.TemporaryFile() as second:
    place = second.fileno()
    os.write(first.fileno(), b"x")
    os.write(place, b"x")
reader, writer = os.pipe()
assert writer == place
while True:
    os.write(writer, b"x" * 65536)
