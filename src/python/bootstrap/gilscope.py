"""What a program can say to gilscope, and gilscope shows beside its lanes.

This file stands alone: outside a run checks, notes, marks and questions are printed. `clock` is "real" or
"virtual": on the real one a claim about time needs a tolerance.
"""
import functools
import sys
import time

try:
    from _gilscope import clock, native as _native, tell as _tell
except ImportError:
    clock = "real"
    _native = None

    def _tell(kind, text, flag=0):
        if kind == "check":
            print("%s %s" % ("holds" if flag else "FAILS", text))
        elif kind in ("note", "mark"):
            print(text)
        elif kind == "ask":
            question, *answers = text.split("\n")
            print("%s (%s)" % (question, " / ".join(answers)))
            print("Answer: %s" % answers[flag - 1])

__all__ = ["ask", "check", "clock", "hosts", "label", "mark", "measure", "native", "note", "phase"]


def check(ok, text):
    """Claims something, and says whether it holds; a run's exit status is 1 if it does not."""
    _tell("check", _sentence("check", text), int(bool(ok)))
    return bool(ok)


def note(text):
    """Says something at this moment."""
    _tell("note", _sentence("note", text))


def mark(text):
    """Marks this moment, to come back to."""
    _tell("mark", _sentence("mark", text))


def ask(question, answers, right):
    """Asks whoever looks on; the program itself goes on, whatever the answer."""
    answers = list(answers)
    for text in [question] + answers:
        if "\n" in _sentence("ask", text):
            raise ValueError("a question and its answers are one line each")
    if not 2 <= len(answers) <= 9:
        raise ValueError("a question has 2 to 9 answers")
    if right not in answers:
        raise ValueError("the right answer must be one of the answers")
    _tell("ask", "\n".join([question] + answers), answers.index(right) + 1)


class _Stretch:
    """A context manager, and a decorator: each call of the function is a stretch."""

    def __init__(self, kind, text, flag=0):
        self._kind = kind
        self._text = _sentence(kind, text)
        self._flag = flag

    def __enter__(self):
        _tell(self._kind, self._text, self._flag)
        return self

    def __exit__(self, *error):
        _tell(self._kind + "-end", "")

    def __call__(self, function):
        @functools.wraps(function)
        def stretch(*args, **kwargs):
            with _Stretch(self._kind, self._text, self._flag):
                return function(*args, **kwargs)
        return stretch


def label(text):
    """Names a stretch of this thread's lane."""
    return _Stretch("label", text)


def phase(title, speed=None):
    """Names a stretch of the whole run. The screen plays it at this speed, on the virtual clock and
    unless another is asked for: 0.1 is a tenth of the clock's."""
    if speed is not None and not 0.000001 <= speed <= 1000:
        raise ValueError("a phase's speed must be from 0.000001 to 1000")
    return _Stretch("phase", title, 0 if speed is None else round(speed * 1000000))


class measure:
    """with measure() as took: ...; took.seconds is how long it took, or has taken so far, and
    took.without_core for how long of that this thread could have run, but others had the cores:
    what else a real machine does. On the virtual clock there is nothing else."""

    def __init__(self):
        self._end = None

    def __enter__(self):
        self._lacked = _without_core()
        self._start = time.perf_counter()
        return self

    def __exit__(self, *error):
        self._end = time.perf_counter()
        self._lacked = _without_core() - self._lacked

    @property
    def seconds(self):
        return (time.perf_counter() if self._end is None else self._end) - self._start

    @property
    def without_core(self):
        return _without_core() - self._lacked if self._end is None else self._lacked


def _without_core():
    """In seconds, since this thread began; 0 where the kernel does not count it."""
    if clock == "virtual":
        return 0.0
    try:
        with open("/proc/thread-self/schedstat") as numbers:
            return int(numbers.read().split()[1]) / 1e9
    except (OSError, IndexError):
        return 0.0


def native(seconds):
    """Computes for so long (in processor time) outside the interpreter, with the GIL released."""
    if seconds < 0:
        raise ValueError("native() takes no negative time")
    if _native is not None:
        _native(float(seconds))
        return
    import hashlib
    block = bytes(1 << 20)
    end = time.thread_time() + seconds
    while time.thread_time() < end:
        hashlib.sha256(block)


_ports = {}  # where a host's server listens, by its name


def hosts(*names, latency=0.1):
    """From now on these hosts answer over http, without a network: what is asked of port 80 of them
    is asked of a process beside this one, which ends with it; its id is returned. Children that are
    forked know the hosts, too. It is best called first: the server keeps all files that are open.

    They answer after `latency` seconds, whatever the path is, with JSON that says what was asked
    for; but for /delay/N: after N seconds; /bytes/N: with N bytes; /status/N: with that status; and
    /drip?numbytes=10&duration=2: with so many bytes, one by one in so many seconds."""
    global heapq, http, json, os, selectors, socket, urllib  # which nothing else here needs
    import atexit
    import heapq
    import http
    import json
    import os
    import resource
    import selectors
    import signal
    import socket
    import urllib.parse

    names = [_sentence("hosts", name).lower() for name in names]
    # Each connection is an open file, at both ends.
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    most = 65536 if hard == resource.RLIM_INFINITY else min(hard, 65536)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
    listener = socket.create_server(("127.0.0.1", 0), backlog=4096)
    program = os.getpid()
    server = os.fork()
    if server == 0:
        try:
            signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the program
            signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
            _Server(listener, latency).serve_as_long_as(program)
        finally:
            os._exit(1)

    @atexit.register
    def end():
        if os.getpid() == program:
            try:
                os.kill(server, signal.SIGTERM)
                os.waitpid(server, 0)
            except OSError:
                pass  # somebody else has ended it

    if not _ports:
        _find_hosts()
    _ports.update(dict.fromkeys(names, listener.getsockname()[1]))
    listener.close()
    direct = os.environ.get("no_proxy", os.environ.get("NO_PROXY"))
    os.environ["no_proxy"] = ",".join(names + [direct] * bool(direct))
    return server


def _find_hosts():
    """All of the library asks this one function where a host is."""
    ask = socket.getaddrinfo

    @functools.wraps(ask)
    def getaddrinfo(host, port, *args, **kwargs):
        name = host.decode() if isinstance(host, bytes) else host or ""
        own = _ports.get(name.lower())
        if own is None:
            return ask(host, port, *args, **kwargs)
        return ask("127.0.0.1", own if port in (80, "80", "http") else port, *args, **kwargs)

    socket.getaddrinfo = getaddrinfo


class _Server:
    """Talks to many at once in one thread. Each talk is a generator, which yields what it waits for:
    that its connection can be read or written, or that so many seconds (a float) pass."""

    def __init__(self, listener, latency):
        self._listener = listener
        self._latency = float(latency)
        self._selector = selectors.DefaultSelector()
        self._timers = []  # a heap: when, a number that tells equal times apart, talk, connection
        self._waits = 0

    def serve_as_long_as(self, program):
        self._listener.setblocking(False)
        self._selector.register(self._listener, selectors.EVENT_READ)
        self._selector.register(os.pidfd_open(program), selectors.EVENT_READ, "over")
        while True:
            limit = self._timers[0][0] - time.monotonic() if self._timers else None
            for key, _ in self._selector.select(limit):
                if key.data == "over":
                    os._exit(0)
                if key.fileobj is self._listener:
                    self._accept_all()
                else:
                    self._selector.unregister(key.fileobj)
                    self._go_on(key.data, key.fileobj)
            while self._timers and self._timers[0][0] <= time.monotonic():
                self._go_on(*heapq.heappop(self._timers)[2:])

    def _accept_all(self):
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return  # that was all, or there is no room for more
            connection.setblocking(False)
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._go_on(self._talk(connection), connection)

    def _go_on(self, talk, connection):
        try:
            wait = next(talk)
        except (StopIteration, OSError, ValueError):
            connection.close()  # it is over, the other side has gone, or has spoken no HTTP
            return
        if isinstance(wait, float):
            self._waits += 1
            when = time.monotonic() + wait
            heapq.heappush(self._timers, (when, self._waits, talk, connection))
        else:
            self._selector.register(connection, wait, talk)

    def _talk(self, connection):
        data, keep = b"", True
        while keep:
            while b"\r\n\r\n" not in data:
                yield selectors.EVENT_READ
                data += _receive(connection)
            head, _, data = data.partition(b"\r\n\r\n")
            asked, fields = _read_head(head.decode("latin-1"))
            while len(data) < int(fields.get("content-length", 0)):
                yield selectors.EVENT_READ
                data += _receive(connection)
            data = data[int(fields.get("content-length", 0)):]
            keep = fields.get("connection", "").lower() != "close"
            for piece in _answer(asked, fields.get("host", ""), keep, self._latency):
                if isinstance(piece, float):
                    yield piece
                    continue
                while piece:
                    try:
                        piece = piece[connection.send(piece):]
                    except BlockingIOError:
                        yield selectors.EVENT_WRITE


def _receive(connection):
    data = connection.recv(65536)
    if not data:
        raise ConnectionResetError
    return data


def _read_head(head):
    """(method, what is asked for), and the fields by their names."""
    line, *fields = head.split("\r\n")
    method, target, _ = line.split(" ")
    pairs = (field.partition(":") for field in fields)
    return (method, target), {name.lower(): value.strip() for name, _, value in pairs}


def _answer(asked, host, keep, latency):
    """What is sent, bytes, and for how long nothing is: seconds, floats."""
    method, target = asked
    path, _, query = target.partition("?")
    args = dict(urllib.parse.parse_qsl(query))
    told = json.dumps({"args": args, "url": f"http://{host}{target}"}).encode() + b"\n"
    wait, status, length, body = latency, http.HTTPStatus.OK, len(told), [told]
    what, _, number = path[1:].partition("/")
    try:
        if what == "delay":
            wait = _amount(number)
        elif what == "bytes":
            length = int(_amount(number))
            body = (b"." * min(length - sent, 65536) for sent in range(0, length, 65536))
        elif what == "status":
            status, length, body = http.HTTPStatus(int(number)), 0, []
        elif what == "drip":
            length = int(_amount(args.get("numbytes", 10)))
            pause = _amount(args.get("duration", 2)) / max(length, 1)
            body = (piece for _ in range(length) for piece in (pause, b"*"))
    except ValueError:
        status, length, body = http.HTTPStatus.BAD_REQUEST, 0, []
    yield wait
    connection = "keep-alive" if keep else "close"
    yield (f"HTTP/1.1 {status.value} {status.phrase}\r\nContent-Type: application/json\r\n"
           f"Content-Length: {length}\r\nConnection: {connection}\r\n\r\n").encode()
    if method != "HEAD":
        yield from body


def _amount(text):
    amount = float(text)
    if not 0 <= amount <= 1e9:
        raise ValueError
    return amount


def _sentence(function, text):
    if not isinstance(text, str) or not text:
        raise TypeError("%s() needs a text" % function)
    return text
