"""Eight processes on eight cores of the virtual clock do eight times the work"""
# run: run --clock virtual --cores 8 --print none --verify
# same: run --clock virtual --cores 8 --print json
import multiprocessing

import gilscope


def compute():
    total = 0
    for i in range(200_000):
        total += i
    gilscope.native(0.5)


def run(count):
    context = multiprocessing.get_context("fork")
    processes = [context.Process(target=compute) for _ in range(count)]
    with gilscope.measure() as took:
        for p in processes:
            p.start()
        for p in processes:
            p.join()
    return took.seconds


if __name__ == "__main__":
    speedup = 8 * run(1) / run(8)
    gilscope.check(speedup >= 7.5, "eight processes do %.2f times the work of one" % speedup)
