"""A mail server and an SMS provider on this machine that take everything and write down what they took.

    python benchmarks/receivers.py TOOK.txt

Prints the two ports, then one line per accepted message goes to the file: `smtp <Message-ID>` or
`http <Idempotency-Key>`. The line is on the disk before the sender hears "accepted". Ends with its input.
"""

import os
import socket
import sys
import threading
from email import message_from_bytes
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller

LOCK = threading.Lock()


class Book:
    """The file of what was accepted."""

    def __init__(self, path: Path) -> None:
        self.file = path.open("a", encoding="utf-8")

    def write(self, line: str) -> None:
        with LOCK:
            self.file.write(f"{line}\n")
            self.file.flush()
            os.fsync(self.file.fileno())


class Letters:
    """What aiosmtpd calls for each mail."""

    def __init__(self, book: Book) -> None:
        self.book = book

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 -- its name
        name = message_from_bytes(envelope.content)["Message-ID"]
        self.book.write(f"smtp {name.strip('<>').partition('@')[0]}")
        return "250 OK"


def texts(book: Book) -> type[BaseHTTPRequestHandler]:
    class Texts(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            key = self.headers["Idempotency-Key"]
            book.write(f"http {key}")
            answer = f'{{"id": "{key}"}}'.encode()
            self.send_response(202)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, format: str, *args: Any) -> None:
            return None

    return Texts


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def main(path: Path) -> None:
    book = Book(path)
    provider = ThreadingHTTPServer(("127.0.0.1", 0), texts(book))
    threading.Thread(target=provider.serve_forever, daemon=True).start()
    port = free_port()  # aiosmtpd calls itself on the port that it was given: 0 will not do
    server = Controller(Letters(book), hostname="127.0.0.1", port=port, ready_timeout=30)
    server.start()
    print(port, provider.server_port, flush=True)
    sys.stdin.read()
    os._exit(0)  # nobody waits for open connections of killed senders


if __name__ == "__main__":
    main(Path(sys.argv[1]))
