"""Those that are left at the run's end do nothing any more, however long it takes until they are ended"""
# run: run --clock virtual --verify
# same: run --clock virtual --print json
# never: too late
import multiprocessing
import os
import signal


def wait_for_the_end(end, own):
    own.close()
    try:
        end.recv()
    except EOFError:
        print("too late", flush=True)


if __name__ == "__main__":
    context = multiprocessing.get_context("fork")
    end, own = context.Pipe(duplex=False)
    left = context.Process(target=wait_for_the_end, args=(end, own))
    left.start()
    print("done", flush=True)
    # Who ends the others is slow.
    keeper = os.getppid()
    os.posix_spawnp("sh", ["sh", "-c", "sleep 0.6; kill -CONT %d" % keeper], os.environ)
    os.kill(keeper, signal.SIGSTOP)
    os._exit(0)
