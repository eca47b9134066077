"""Twenty fetches by ten threads

map keeps the order of what it was given. submit and as_completed hand out each result when it is
there: the slow one comes last, wherever it stood. An error that was raised in a worker waits in its
future, and is raised again by whoever asks for the result.

chapter: futures
from: 001_cdf4b8e4eda2782e.txt, 003_ed71112cefb9b003.txt
cores: 2
clock: virtual
speed: 0.3
"""
import json
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor, as_completed

import gilscope
from gilscope import check, hosts, label, mark, measure, note, phase

hosts("api.example.com", latency=0.2)
urls = [f"http://api.example.com/users/{i}" for i in range(1, 21)]
SLOW, BROKEN = "http://api.example.com/delay/1", "http://api.example.com/status/500"


def fetch(url):
    with label(url.partition(".com")[2]), urllib.request.urlopen(url) as response:
        return json.load(response)


# A real machine starts ten threads, and wakes them, when it can; one after the other it were 4 s.
most = 2 if gilscope.clock == "real" else 0.42
note("Two fetches a thread: each has ten to choose from, and takes the next one.")
with ThreadPoolExecutor(max_workers=10) as executor:
    with phase("map"), measure() as took:
        results = list(executor.map(fetch, urls))
    check([result["url"] for result in results] == urls, "map: the results are in its order")
    check(0.4 <= took.seconds < most, f"20 fetches of 0.2 s took {took.seconds:.2f} s")

    mark("Now the first one is slow, and the tenth fails.")
    urls[0], urls[9] = SLOW, BROKEN
    completed, failed = [], []
    with phase("as_completed"):
        futures = {executor.submit(fetch, url): url for url in urls}
        for future in as_completed(futures):
            url = futures[future]
            completed.append(url)
            try:
                future.result()
            except urllib.error.HTTPError as error:
                failed.append((url, error.code))
                print(f"Failed {url}: {error}")
check(sorted(completed) == sorted(urls), "as_completed: each once")
check(completed[-1] == SLOW, "in the order in which they end: the slow one last")
check(failed == [(BROKEN, 500)], "one error, and it arrives at result()")
