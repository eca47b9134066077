"""What a program says to gilscope

It checks and notes.
chapter: mine
"""
# run: run --print json --verify
# status: 1
# says: it adds up
# says: no number is its own successor
# says: look here
# says: a moment
# says: the sum
# matches: "type":"phase",.*"text":"the whole"
# matches: "type":"phase",.*"text":"in haste",.*"speed":2.5
# matches: "type":"ask",.*"text":"One and one.",.*"right":"two"
# never: Traceback
import threading

import gilscope

gilscope.note("look here")
gilscope.mark("a moment")


@gilscope.label("the sum")
def work():
    with gilscope.measure() as took:
        gilscope.native(0.01)
    gilscope.check(took.seconds >= 0.01, "it takes its time")


with gilscope.phase("the whole"):
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
with gilscope.phase("in haste", speed=2.5):
    pass
assert gilscope.ask("One and one?", ["two", "three"], "two") is None
for wrong in [("", ["a", "b"], "a"), ("Is it?", ["a"], "a"), ("Is it?", ["a", "b"], "c"),
              ("Is\nit?", ["a", "b"], "a"), ("Is it?", ["a", 2], "a"), ("Is it?", list("0123456789"), "1")]:
    try:
        gilscope.ask(*wrong)
        gilscope.check(False, "%r is no question" % (wrong,))
    except (TypeError, ValueError):
        pass
try:
    gilscope.phase("at a standstill", speed=0)
    gilscope.check(False, "no phase is played at no speed")
except ValueError:
    pass
gilscope.check(1 + 1 == 2, "it adds up")
gilscope.check(1 == 2, "no number is its own successor")
