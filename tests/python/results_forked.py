"""What comes of what a process gave its executor comes to that process, and not to a copy of it"""
# run: run --verify --print json
# run: run --clock virtual --verify --print json
# same: run --clock virtual --print json
# matches: "actor":3,.*"to":3,"on":"results of pool",.*"number":1,
# never: "to":7,"on":"results of pool"
# says: every invariant holds
import os
import warnings
from concurrent.futures import ThreadPoolExecutor, wait

warnings.simplefilter("ignore")
with ThreadPoolExecutor(1) as pool:
    one = pool.submit(abs, -1)
    wait([one])
    child = os.fork()
    if child == 0:
        os._exit(one.result())
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 1
    assert one.result() == 1
