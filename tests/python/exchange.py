"""What processes send each other: the steps are labels of who does them, messages have two ends"""
# run: run --print json --verify
# run: run --clock virtual --print json --verify
# same: run --clock virtual --print json
# matches: "on":"tasks of pool".*"number":4,"bytes":[0-9]+
# matches: "on":"results of pool".*"number":4
# matches: "on":"jobs".*"number":3,"bytes":[0-9]{4}
# matches: "type":"counter",.*"on":"jobs",.*"value":[1-3]
# matches: "type":"counter",.*"on":"jobs",.*"value":0
# matches: "state":"waiting","on":"tasks of pool"
import multiprocessing
from concurrent.futures import ProcessPoolExecutor


def double(x):
    return x * 2


def put(queue):
    for i in range(3):
        queue.put("x" * 1000 * i)


def answer(connection):
    while True:
        question = connection.recv()
        if question is None:
            break
        connection.send(question + 1)


if __name__ == "__main__":
    context = multiprocessing.get_context("fork")
    with context.Pool(2) as pool:
        assert pool.map(double, range(8), chunksize=2) == [x * 2 for x in range(8)]
    jobs = context.Queue()
    putter = context.Process(target=put, args=(jobs,))
    putter.start()
    print([len(jobs.get()) for _ in range(3)])
    putter.join()
    here, there = context.Pipe()
    answerer = context.Process(target=answer, args=(there,))
    answerer.start()
    for i in range(3):
        here.send(i)
        assert here.recv() == i + 1
    here.send(None)
    answerer.join()
    with ProcessPoolExecutor(2, mp_context=context) as executor:
        assert list(executor.map(double, range(3))) == [0, 2, 4]
