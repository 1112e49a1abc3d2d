"""The report in a real browser: published once, served over HTTP on this machine."""

import os
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from aqparat.blocks import MIME
from aqparat.choices import LANGUAGES
from aqparat.document.html import ReportHTMLExporter
from invented import reported
from playwright.sync_api import sync_playwright
from reported import executed, shown
from seen import WIDE

CHROMIUM = Path("/usr/bin/chromium")
PUBLISHED = {"languages": list(LANGUAGES), "formats": ["html", "pdf"]}


class Quiet(SimpleHTTPRequestHandler):
    """Serves files without a word."""

    def log_message(self, *args):
        pass


@pytest.fixture(scope="session")
def installed():
    """Skip where there is no browser; under CI there has to be one."""
    if not CHROMIUM.exists():
        message = f"there is no {CHROMIUM}"
        pytest.fail(message) if os.environ.get("CI") else pytest.skip(message)


@pytest.fixture(scope="session")
def folder(installed, tmp_path_factory):
    """Write the report in every language, an organisation's own, and that of a full period."""
    out = tmp_path_factory.mktemp("browser")
    for language in LANGUAGES:
        for place, organisation in (("2017H1", None), ("2017H1/organisations/KUS", "KUS")):
            notebook = executed(language, organisation)
            notebook.metadata["aqparat"] = PUBLISHED
            write(out / place / language / "report.html", notebook)
    full = shown(reported("2019H1", None, "ru"), "report")
    for cell in full.cells:
        for output in cell.outputs if cell.cell_type == "code" else []:
            if output.data[MIME]["kind"] == "table":
                output.data[MIME]["folded"] = True  # all that can
    full.metadata["aqparat"] = PUBLISHED
    write(out / "2019H1/ru/report.html", full)
    return out


def write(path, notebook):
    path.parent.mkdir(parents=True)
    html, _ = ReportHTMLExporter().from_notebook_node(notebook)
    path.write_text(html, encoding="utf-8", newline="\n")


@pytest.fixture(scope="session")
def address(folder):
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/2017H1/"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def browser(installed):
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture
def visit(browser, address):
    """Open a page in a context of its own; what it asks for and complains of is in `asked`, `said`.

    A script given as `first` runs before anything of the page.
    """
    contexts = []

    def opened(path="kk/report.html", first="", **settings):
        context = browser.new_context(**{"viewport": WIDE, "reduced_motion": "reduce", **settings})
        contexts.append(context)
        page = context.new_page()
        page.add_init_script(first)
        page.asked, page.said = [], []
        page.on("request", lambda request: page.asked.append(request.url))
        page.on("console", lambda message: page.said.append(message.text))
        page.on("pageerror", lambda error: page.said.append(str(error)))
        page.goto(address + path)
        return page

    yield opened
    for context in contexts:
        context.close()
