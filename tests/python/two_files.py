"""The line is the program's, also while it is in another file"""
# run: run --print json --verify
# matches: "state":"sleeping".*"line":8,
# never: "line":7,
from support import napping


napping.nap()
