"""An executor whose workers a forkserver forks: that hears of each one's end, and says so"""
# run: run --clock virtual --print none --verify
# same: run --clock virtual --print json
# says: every invariant holds
# never: stall
# never: blocked
import concurrent.futures
import multiprocessing

if __name__ == "__main__":
    context = multiprocessing.get_context("forkserver")
    with concurrent.futures.ProcessPoolExecutor(2, mp_context=context) as executor:
        assert list(executor.map(abs, [-1, 2])) == [1, 2]
