"""Hosts that answer without a network, asked by each way of the library"""
# run: run --clock virtual --verify --helpers
# run: run --verify
# same: run --clock virtual --print json
# says: hosts
# never: Traceback
import asyncio
import http.client
import json
import socket
import threading
import urllib.error
import urllib.request

import gilscope
from gilscope import check, measure

gilscope.hosts("python.org", "API.example.com", latency=0.05)
late = 0 if gilscope.clock == "real" else 0.02  # a real one may take any time more


def get(url):
    with urllib.request.urlopen(url) as answer:
        return answer.read()


def takes(took, seconds):
    return seconds <= took.seconds and (not late or took.seconds < seconds + late)


with measure() as took:
    told = json.loads(get("http://python.org/users/1?page=2"))
check(told == {"args": {"page": "2"}, "url": "http://python.org/users/1?page=2"}, "it is told back")
check(takes(took, 0.05), "after the latency")
with measure() as took:
    get("http://api.example.com/delay/0.2")
check(takes(took, 0.2), "after so long as was asked for")
with measure() as took:
    threads = [threading.Thread(target=get, args=("http://python.org/delay/0.2",)) for _ in "1234"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
check(takes(took, 0.2), "four at once after as long as one")
check(len(get("http://python.org/bytes/300000")) == 300_000, "so many bytes")
with measure() as took:
    check(get("http://python.org/drip?numbytes=4&duration=0.2") == b"****", "drops")
check(takes(took, 0.25), "over so long")

statuses = []
for path in "status/404", "status/999", "delay/-1", "delay/nan", "bytes/x", "drip?numbytes=x":
    try:
        get("http://python.org/" + path)
    except urllib.error.HTTPError as error:
        statuses.append(error.code)
check(statuses == [404, 400, 400, 400, 400, 400], "a status, and what nobody can answer")

connection = http.client.HTTPConnection("python.org")
lengths = []
for method, path in ("GET", "/bytes/10"), ("HEAD", "/bytes/10"), ("POST", "/"), ("GET", "/bytes/0"):
    connection.request(method, path, body=b"x" * 100_000 if method == "POST" else None)
    lengths.append(len(connection.getresponse().read()))
check(lengths == [10, 0, 42, 0], "one connection, several answers")
connection.close()

with socket.create_connection(("python.org", "http")) as nonsense:
    nonsense.sendall(b"nonsense\r\n\r\n")
    check(nonsense.recv(1) == b"", "who speaks something else is hung up on")
try:
    socket.create_connection(("python.org", 81))
except ConnectionRefusedError:
    check(True, "there is nobody at another port")


async def fetch(path):
    reader, writer = await asyncio.open_connection("python.org", 80)
    writer.write(f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
    head, _, body = (await reader.read()).partition(b"\r\n\r\n")
    writer.close()
    return body


async def fetch_five():
    asked = [address[4] for address in await asyncio.get_running_loop().getaddrinfo(
        "python.org", 80, type=socket.SOCK_STREAM)]
    check(len(asked) == 1 and asked[0][0] == "127.0.0.1", "a loop finds it, too")
    return await asyncio.gather(*(fetch("/delay/0.2") for _ in range(5)))


with measure() as took:
    bodies = asyncio.run(fetch_five())
check(takes(took, 0.2), "five at once in a loop")
check(set(bodies) == {b'{"args": {}, "url": "http://x/delay/0.2"}\n'}, "all are told")
