"""A line is the user's own, whichever file it is in, and in a call of the library's"""
# run: run --print json --verify
# matches: "state":"sleeping".*"line":7,"file":"/.*/tests/python/support/napping.py","cause"
# matches: "state":"io".*"line":14,"call":"asyncio.run"
# matches: "type":"check","time".*"line":15}
# never: two_files.py","
import asyncio

import gilscope
from support import napping


napping.nap()
asyncio.run(asyncio.sleep(0.3))
gilscope.check(True, "all is said")
