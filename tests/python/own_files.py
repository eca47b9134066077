"""The program's files have the numbers that they have without us, and so do its children's"""
# run: run
# run: run --clock virtual
# says: MainThread: [3, 4, 5] 0
import os


def numbers():
    files = [os.open("/dev/null", os.O_RDONLY) for _ in range(3)]
    for file in files:
        os.close(file)
    return files


child = os.fork()
if child == 0:
    os._exit(numbers() != [3, 4, 5])
print(numbers(), os.waitpid(child, 0)[1])
