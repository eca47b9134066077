"""one_by_one.py MODULE KIND RESULTS: runs the tests of one of CPython's own test modules that have to do
with KIND: processes or threads.

What comes of each test is a line at the end of RESULTS, "WORD TEST"; "begun TEST" stands before, so
that one that never ends can be told. Those that RESULTS says to have begun are left out. Without a
module of that name (a Python may be installed without its tests) RESULTS stays as it is.
"""
import importlib.util
import sys
import unittest


def all_in(suite):
    for test in suite:
        if isinstance(test, unittest.TestSuite):
            yield from all_in(test)
        else:
            yield test


class Told(unittest.TextTestResult):
    def tell(self, word, test):
        results.write(f"{word} {test.id()}\n")
        results.flush()

    def startTest(self, test):
        self.tell("begun", test)
        super().startTest(test)

    def addSuccess(self, test):
        self.tell("ok", test)
        super().addSuccess(test)

    def addFailure(self, test, error):
        self.tell("fails", test)
        super().addFailure(test, error)

    def addError(self, test, error):
        self.tell("fails", test)
        super().addError(test, error)

    def addSubTest(self, test, subtest, error):
        if error:
            self.tell("fails", test)
        super().addSubTest(test, subtest, error)

    def addSkip(self, test, reason):
        self.tell("skipped", test)
        super().addSkip(test, reason)

    def addExpectedFailure(self, test, error):
        self.tell("ok", test)
        super().addExpectedFailure(test, error)

    def addUnexpectedSuccess(self, test):
        self.tell("fails", test)
        super().addUnexpectedSuccess(test)


def tests_of(module):
    if not importlib.util.find_spec(module):
        return []
    return all_in(unittest.defaultTestLoader.loadTestsFromName(module))


if __name__ == "__main__":
    module, kind, file = sys.argv[1:]
    all_of_processes = module.startswith("test_multiprocessing")
    with open(file, "a+") as results:
        results.seek(0)
        begun = [line.split()[1] for line in results]
        tests = [test for test in tests_of("test." + module)
                 if test.id() not in begun
                 and (all_of_processes or "Process" in test.id()) == (kind == "processes")]
        unittest.TextTestRunner(resultclass=Told, verbosity=2).run(unittest.TestSuite(tests))
