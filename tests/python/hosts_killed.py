"""A host's server is killed in the middle of an answer, and nobody waits for it for ever"""
# run: run --clock virtual --verify
# run: run --verify
# says: killed by signal 9
# says: 2 lanes folded
import http.client
import os
import signal
import threading

import gilscope

server = gilscope.hosts("python.org")
connection = http.client.HTTPConnection("python.org")
connection.request("GET", "/drip?numbytes=100&duration=10")
answer = connection.getresponse()
threading.Timer(0.3, os.kill, (server, signal.SIGKILL)).start()
try:
    answer.read()
except (http.client.IncompleteRead, ConnectionResetError):
    gilscope.check(True, "the answer is cut off")
try:
    http.client.HTTPConnection("python.org").connect()
except ConnectionRefusedError:
    gilscope.check(True, "nobody is there any more")
