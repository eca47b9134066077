"""A manager's process, and others that use what it keeps"""
# run: run --verify --print none
# run: run --clock virtual --verify --print none
import multiprocessing

import gilscope


def put(squares, order, n):
    squares[n] = n * n
    order.append(n)


if __name__ == "__main__":
    context = multiprocessing.get_context("fork")
    with context.Manager() as manager:
        squares, order = manager.dict(), manager.list()
        processes = [context.Process(target=put, args=(squares, order, n)) for n in range(3)]
        for p in processes:
            p.start()
        for p in processes:
            p.join()
        gilscope.check(dict(squares) == {0: 0, 1: 1, 2: 4}, "a dict")
        gilscope.check(sorted(order) == [0, 1, 2], "a list")
