"""On the virtual clock a child that has ended, and that nobody asks for, is no reason to go on waiting"""
# run: run --clock virtual --print text
# status: 1
# matches: stall: .*MainThread waits for
import subprocess
import threading

child = subprocess.Popen(["true"])
threading.Event().wait()
