"""A module waits for a thread that needs the module: who imports it is who would let it go"""
# run: run --print text
# run: run --clock virtual --print text
# same: run --clock virtual --print json
# status: 1
# says: deadlock: worker waits for the import of support.needs_itself (needs_itself.py:5), which MainThread holds; MainThread waits for the end of worker (needs_itself.py:11).
# never: never gets here
from support import needs_itself

print("never gets here", needs_itself)
