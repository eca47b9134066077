"""A process waits for a queue that nobody is left to put anything into; its parent joins it"""
# run: run --clock virtual --verify
# same: run --clock virtual --print json
# status: 1
# says: stall:
# says: MainThread of ForkProcess-1 waits for an item of orders
# says: MainThread of process 1 waits for the end of ForkProcess-1 (line 21
import multiprocessing


def serve(orders):
    while True:
        orders.get()


if __name__ == "__main__":
    context = multiprocessing.get_context("fork")
    orders = context.Queue()
    server = context.Process(target=serve, args=(orders,))
    server.start()
    server.join()
