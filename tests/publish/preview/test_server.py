"""The server of the preview: for browsers on this machine, and nothing but the page, the report and news."""

import http.client
import json
import socket
import threading

import pytest
from aqparat.choices import LANGUAGES
from aqparat.document.preview_page import preview_page
from aqparat.publish.preview.board import Board
from aqparat.publish.preview.server import PortError, Server
from aqparat.words import errors

REPORT = "<!DOCTYPE html><title>Есеп</title>".encode()


@pytest.fixture
def board():
    return Board()


@pytest.fixture
def server(board):
    with Server(board, preview_page("2017H1", "kk")) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        board.close()
        server.shutdown()


@pytest.fixture
def ask(server):
    """Ask for something and give the answer and its body."""

    def asked(path="/", method="GET", **headers):
        connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=10)
        connection.request(method, path, headers=headers)
        answer = connection.getresponse()
        return answer, answer.read()

    return asked


def heard(answer):
    """Give the next news."""
    line = next(line for line in answer if line.startswith(b"data: "))
    return json.loads(line.removeprefix(b"data: "))


def test_it_listens_on_this_machine_alone(server):
    assert server.socket.getsockname() == ("127.0.0.1", server.server_port)
    assert server.address == f"http://127.0.0.1:{server.server_port}/"


def test_the_page_may_run_its_own_script_and_frame_its_own_report(ask, server):
    answer, page = ask()
    assert (answer.status, page) == (200, server.page.html)
    policy = dict(part.split(" ", 1) for part in answer.headers["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == policy["frame-ancestors"] == "'none'"
    assert policy["connect-src"] == policy["frame-src"] == "'self'"
    assert policy["script-src"].startswith("'sha256-") and "unsafe" not in policy["script-src"]
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "Access-Control-Allow-Origin" not in answer.headers


def test_the_report_is_handed_out_as_it_is(ask, board):
    assert ask("/report.html")[0].status == 404  # there is none yet
    board.made(REPORT)
    answer, report = ask("/report.html?1")
    assert (answer.status, report) == (200, REPORT)
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Security-Policy"] == "frame-ancestors 'self'"


@pytest.mark.parametrize("name", ["evil.example", "evil.example:{port}", "127.0.0.1", "127.0.0.1:1", ""])
@pytest.mark.parametrize("path", ["/", "/report.html", "/news"])
def test_a_name_that_leads_here_is_refused(ask, board, server, name, path):
    board.made(REPORT)
    answer, told = ask(path, Host=name.format(port=server.server_port))
    assert (answer.status, told) == (421, b"421 Misdirected Request\n")


def test_this_machine_may_be_called_by_its_name(ask, server):
    assert ask(Host=f"localhost:{server.server_port}")[0].status == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD", "TRACE", "BREW"])
def test_nothing_can_be_done_but_to_look(ask, method):
    answer, _ = ask(method=method)
    assert (answer.status, answer.headers["Allow"]) == (405, "GET")


@pytest.mark.parametrize(
    "path",
    [
        "/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "//etc/passwd", "/report.html/../facts.json",
        "/facts.json", "/report.ipynb", "/data/raw/2017H1/observations.csv", "/report.html%00", "/NEWS",
        "/.", "*",
    ],
)  # fmt: skip
def test_no_path_leads_to_a_file(ask, board, path):
    board.made(REPORT)
    answer, told = ask(path)
    assert (answer.status, told) == (404, b"404 Not Found\n")


def test_what_is_no_request_is_refused(server):
    with socket.create_connection(("127.0.0.1", server.server_port), timeout=10) as line:
        line.sendall(b"\x16\x03\x01\x02\x00\r\n\r\n")  # a browser that tries https
        assert b"400 Bad Request" in line.makefile("rb").read()


def test_news_begin_with_what_there_is_and_go_on(server, board):
    board.made(REPORT)
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=10)
    connection.request("GET", "/news")
    answer = connection.getresponse()
    assert answer.headers["Content-Type"] == "text/event-stream"
    first = {"report": 1, "making": False, "told": [], "trace": ""}
    assert heard(answer) == first
    board.making()
    assert heard(answer) == {**first, "making": True}
    board.failed(("Қате.",), "Traceback")
    assert heard(answer) == {**first, "told": ["Қате."], "trace": "Traceback"}
    board.made(REPORT)  # mended, to what it was before
    assert heard(answer) == first
    board.made(REPORT + b"<p>")
    assert heard(answer) == {**first, "report": 2}
    board.close()
    assert answer.read().strip() == b""  # and has ended


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_port_that_is_taken_is_told(server, board, code):
    with pytest.raises(PortError) as caught:
        Server(board, server.page, server.server_port)
    (told,) = errors.sentences(caught.value, code)
    assert str(server.server_port) in told and "--port" in told
