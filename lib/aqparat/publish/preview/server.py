"""The server of the preview: three addresses, for browsers on this machine alone.

It hands out the page, the report in it and news of both, all from memory: no path leads to a file. It asks
for no password, since there is nothing to be had but the report; so whoever has an account on this machine
can read that while it runs. A page of another site cannot: a browser lets it neither read the answer (there
is no CORS header) nor put it into a frame, and a name that is made to lead here (DNS rebinding) is refused by
the `Host` it comes with.
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import TCPServer
from typing import Any
from urllib.parse import urlsplit

from aqparat.document.preview_page import PreviewPage
from aqparat.problem import AqparatError
from aqparat.publish.preview.board import Board, BoardClosedError

ADDRESS = "127.0.0.1"
_PATIENCE = 10.0  # seconds for a request to come, and for an answer to be taken
_PULSE = 15.0  # seconds after which a page that is told nothing new is told that, to see whether it is there
_HTML = "text/html; charset=utf-8"
_HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


class PortError(AqparatError):
    """The port that was asked for cannot be had."""


class Server(ThreadingHTTPServer):
    """Serves a page and what stands on a board.

    Parameters
    ----------
    board : Board
    page : PreviewPage
    port : int
        0 for one that is free.

    Raises
    ------
    PortError
    """

    daemon_threads = True
    allow_reuse_address = sys.platform != "win32"  # where it would let another program have the same port

    def __init__(self, board: Board, page: PreviewPage, port: int = 0) -> None:
        self.board, self.page = board, page
        try:
            super().__init__((ADDRESS, port), _Handler)
        except OSError as error:
            reason = error.strerror or str(error)
            raise PortError(f"Port {port}: {reason}", "port", port=port, reason=reason) from error
        self.hosts = {f"{name}:{self.server_port}" for name in (ADDRESS, "localhost")}
        if self.server_port == 80:
            self.hosts |= {ADDRESS, "localhost"}

    @property
    def address(self) -> str:
        """What a browser is to open."""
        return f"http://{ADDRESS}:{self.server_port}/"

    def server_bind(self) -> None:
        """Bind without asking for the name of this machine, which may take long."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = ADDRESS, self.server_address[1]

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Pass over a browser that goes away in the middle of an answer."""
        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    """Answers one request."""

    server: Server
    timeout = _PATIENCE
    server_version, sys_version = "aqparat", ""

    def parse_request(self) -> bool:
        """Read a request; one that is not to get something is refused."""
        is_read = super().parse_request()
        if is_read and self.command != "GET":
            self._refuse(HTTPStatus.METHOD_NOT_ALLOWED)
            return False
        return is_read

    def do_GET(self) -> None:
        """Hand out what there is at an address."""
        if self.headers.get("Host") not in self.server.hosts:
            self._refuse(HTTPStatus.MISDIRECTED_REQUEST)
            return
        match urlsplit(self.path).path:
            case "/":
                self._send(self.server.page.html, _HTML, self.server.page.policy)
            case "/report.html" if self.server.board.document:
                self._send(self.server.board.document, _HTML, "frame-ancestors 'self'")
            case "/news":
                self._tell()
            case _:
                self._refuse(HTTPStatus.NOT_FOUND)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Refuse what is no request."""
        self._refuse(HTTPStatus(code))

    def _refuse(self, status: HTTPStatus) -> None:
        self.close_connection = True
        self._begin(status, "text/plain")
        if status is HTTPStatus.METHOD_NOT_ALLOWED:
            self.send_header("Allow", "GET")
        self.end_headers()
        self.wfile.write(f"{status.value} {status.phrase}\n".encode())

    def _send(self, content: bytes, kind: str, policy: str) -> None:
        self._begin(HTTPStatus.OK, kind)
        self.send_header("Content-Security-Policy", policy)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def _begin(self, status: HTTPStatus, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        for name, value in _HEADERS.items():
            self.send_header(name, value)

    def _tell(self) -> None:
        """Send news as they come, until the browser or the preview goes (server-sent events)."""
        self._begin(HTTPStatus.OK, "text/event-stream")
        self.end_headers()
        self.wfile.write(b"retry: 1000\n\n")
        number = 0
        try:
            while True:
                if news := self.server.board.after(number, _PULSE):
                    number, state = news
                    told = json.dumps(asdict(state), ensure_ascii=False)
                    self.wfile.write(f"data: {told}\n\n".encode())
                else:
                    self.wfile.write(b":\n\n")
        except BoardClosedError:
            return
