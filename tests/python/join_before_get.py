"""A process that is joined before its queue is read: its feeder and the full pipe are named"""
# run: run --clock virtual --print text
# run: run --until 12 --print text
# same: run --clock virtual --print json
# status: 1
# says: QueueFeederThread of producer waits for room in jobs
# matches: QueueFeederThread of producer waits for (room in )?jobs \(connection.py:[0-9]+\)
# says: : it is full, and nobody is left who could take an item.
# matches: MainThread of producer waits for the end of (QueueFeederThread|the other threads)
# says: MainThread of process 1 waits for the end of producer (line 24).
# never: it is empty
import multiprocessing


def put(queue):
    queue.put(b"x" * 200_000)


if __name__ == "__main__":
    context = multiprocessing.get_context("fork")
    jobs = context.Queue()
    producer = context.Process(target=put, args=(jobs,), name="producer")
    producer.start()
    producer.join()
