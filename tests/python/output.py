"""What is printed belongs to who prints it, at once"""
# run: run --print json --verify
# matches: "type":"output",.*"text":"häé € from first"
# matches: "type":"output",.*"text":"half a line"
# says: "text":"plain bytes"
import os
import threading
import time


def work():
    print("häé € from first")
    time.sleep(0.01)


thread = threading.Thread(target=work, name="first")
thread.start()
thread.join()
os.write(1, b"plain bytes\n")
print("half a ", end="")
print("line", end="")
