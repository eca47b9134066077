"""An alarm that nobody handles ends the program, at its time"""
# run: run --print text
# run: run --clock virtual --print text
# status: 142
# matches: killed by signal 14 \(SIGALRM\) 1\.[0-9]+ s
# says: MainThread sleeps
# same: run --clock virtual --print json --verify
import signal
import time

signal.alarm(1)
time.sleep(5)
