"""A threading HTTP server and five clients at once"""
import http.server
import threading
import time
import urllib.request


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        time.sleep(0.05)
        body = self.path[1:].encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
results = {}


def fetch(n):
    with urllib.request.urlopen(f"http://127.0.0.1:{server.server_port}/page{n}") as answer:
        results[n] = answer.read().decode()


threads = [threading.Thread(target=fetch, args=(n,)) for n in range(5)]
for t in threads:
    t.start()
for t in threads:
    t.join()
server.shutdown()
print(sorted(results.items()))
