"""What programs ask of the library's functions, where something may stand in front of them."""
import asyncio
import concurrent.futures
import concurrent.futures.process
import concurrent.futures.thread
import inspect
import multiprocessing.pool
import multiprocessing.queues
import multiprocessing.reduction

FUNCTIONS = [
    asyncio.BaseEventLoop.call_exception_handler, asyncio.BaseEventLoop.call_soon,
    asyncio.BaseEventLoop.call_soon_threadsafe, asyncio.BaseEventLoop.close,
    asyncio.BaseEventLoop.create_task, asyncio.Task, asyncio.create_task,
    asyncio.gather, concurrent.futures.Future.exception, concurrent.futures.Future.result,
    concurrent.futures.Future.set_exception, concurrent.futures.Future.set_result,
    concurrent.futures.ProcessPoolExecutor, concurrent.futures.ThreadPoolExecutor,
    concurrent.futures.ThreadPoolExecutor.submit, concurrent.futures.process._process_worker,
    concurrent.futures.thread._WorkItem.run,
    multiprocessing.pool.Pool, multiprocessing.pool.Pool.map, multiprocessing.pool.worker,
    multiprocessing.queues.Queue, multiprocessing.queues.SimpleQueue,
    multiprocessing.reduction.ForkingPickler.dumps,
]
if hasattr(asyncio, "TaskGroup"):
    FUNCTIONS.append(asyncio.TaskGroup.create_task)

for function in FUNCTIONS:
    # A method of C takes its object by position alone, which no caller can tell.
    signature = str(inspect.signature(function)).replace("self, /", "self")
    print(function.__name__, signature, inspect.getdoc(function))

loop = asyncio.new_event_loop()
print(inspect.signature(loop.call_soon), inspect.signature(loop.create_task))
loop.close()
with concurrent.futures.ThreadPoolExecutor() as executor:
    print(inspect.signature(executor.submit), executor.submit(int, "5").result())
print(asyncio.create_task.__module__)
