"""Whatever waits for a child's end does, on both clocks"""
# run: run --verify --print none
# run: run --clock virtual --verify --print none
# same: run --clock virtual --print json
import os
import time

import gilscope


def child_that_ends_with(status):
    child = os.fork()
    if child == 0:
        time.sleep(0.05)
        os._exit(status)
    return child


def code(end):
    return os.waitstatus_to_exitcode(end[1])


child = child_that_ends_with(1)
gilscope.check(os.wait()[0] == child, "wait")
child_that_ends_with(2)
gilscope.check(code(os.wait3(0)) == 2, "wait3")
child = child_that_ends_with(3)
gilscope.check(code(os.wait4(child, 0)) == 3, "wait4")
child = child_that_ends_with(4)
seen = os.waitid(os.P_PID, child, os.WEXITED | os.WNOWAIT)
gilscope.check(seen.si_status == 4 and code(os.waitpid(child, 0)) == 4, "waitid, then waitpid")
