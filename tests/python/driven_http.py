"""On the virtual clock a server and its clients in one process: one by one, then in threads"""
# run: run --clock virtual --verify
# same: run --clock virtual --print json
import http.server
import threading
import time
import urllib.request

import gilscope


class Slow(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        time.sleep(1)
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"answer")

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Slow)
threading.Thread(target=server.serve_forever, daemon=True).start()
url = f"http://127.0.0.1:{server.server_port}/"


def fetch():
    assert urllib.request.urlopen(url).read() == b"answer"


start = time.perf_counter()
for _ in range(3):
    fetch()
one_by_one = time.perf_counter() - start
start = time.perf_counter()
threads = [threading.Thread(target=fetch) for _ in range(3)]
for t in threads:
    t.start()
for t in threads:
    t.join()
together = time.perf_counter() - start
gilscope.check(3 <= one_by_one < 3.02, "one by one the sum of the waits")
gilscope.check(1 <= together < 1.02, "in threads the longest")
