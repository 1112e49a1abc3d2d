import asyncio
import os
import re
import select
import shlex
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import aqparat
import matplotlib
import nbformat
import papermill
import psutil
import pytest
import zmq
import zmq.asyncio
from aqparat.problem import NotebookError
from aqparat.publish import ahead, application, client, kernel, notebook, provisioner
from aqparat.publish.stem import Stem, use
from jupyter_client.channels import HBChannel
from jupyter_client.session import Session
from reported import ROOT

BOTH = pytest.mark.parametrize("forks", [pytest.param(True, marks=pytest.mark.skipif(
    not kernel.CAN_FORK, reason="no fork here")), False], ids=["forked", "started"])  # fmt: skip
PLOT = "import matplotlib.pyplot as plt\nplt.bar(['а', 'ә'], [1, 2]);"
forking = pytest.mark.skipif(not kernel.CAN_FORK, reason="no fork here")


def children():
    """Give the processes that this one has started and not waited for, but the server of workers."""
    found = psutil.Process().children(recursive=True)
    return {child.pid for child in found if "multiprocessing." not in " ".join(child.cmdline())}


def printed(small, folder, *sources):
    executed = notebook.run(small(folder / "in.ipynb", *sources), folder / "out.ipynb", {}, folder)
    return [o.text.strip() for c in executed.cells for o in c.outputs]


@forking
def test_a_kernel_is_forked_with_imports_done(small, tmp_path, monkeypatch):
    monkeypatch.setattr(aqparat, "mark", "here", raising=False)
    assert printed(small, tmp_path, "import aqparat; print(aqparat.mark)") == ["here"]


@forking
def test_a_kernel_is_forked_from_the_stem_that_is_set(small, tmp_path):
    with Stem() as stem:
        use(stem.address)
        try:
            said = printed(small, tmp_path, "import os; print(os.getppid())", "print(n)")
        finally:
            use(None)
        assert said == [str(stem.pid), "1"]
        assert [*Path(stem.address.folder).glob("k*")] == []


def test_where_there_is_no_fork_an_ordinary_kernel_starts(small, tmp_path, monkeypatch):
    monkeypatch.setattr(kernel, "CAN_FORK", False)
    monkeypatch.setattr(kernel, "Stem", lambda: pytest.fail("forked"))
    said = printed(small, tmp_path, "import sys; print('aqparat.report' in sys.modules)", "print(n + 1)")
    assert said == ["False", "2"]


def test_where_there_is_no_fork_a_kernel_may_be_started_ahead(small, tmp_path, monkeypatch):
    monkeypatch.setattr(kernel, "CAN_FORK", False)
    monkeypatch.setenv("AQPARAT_X", "ahead")
    ahead.start(1, ["xml.dom.pulldom"])
    monkeypatch.setenv("AQPARAT_X", "now")
    cell = "import os, sys; print('xml.dom.pulldom' in sys.modules, os.environ['AQPARAT_X'], os.getcwd())"
    assert printed(small, tmp_path, cell) == [f"True now {tmp_path}"]
    ahead.start(1, [])
    ahead.close()  # whoever waits for nothing leaves nothing


@forking
def test_nothing_is_left_of_a_kernel(small, tmp_path, monkeypatch):
    cell = "from ipykernel.kernelapp import IPKernelApp; print(IPKernelApp.instance().transport)"
    with tempfile.TemporaryDirectory(prefix="t") as short:
        monkeypatch.setattr(tempfile, "tempdir", short)
        (transport,) = printed(small, tmp_path, cell)
        assert transport == "ipc"  # no port is opened
        assert children() == set()
        assert [*Path(short).iterdir()] == []


@BOTH
def test_what_talked_to_a_kernel_is_closed(small, tmp_path, monkeypatch, forks):
    monkeypatch.setattr(kernel, "CAN_FORK", forks)
    before = {*threading.enumerate()}
    printed(small, tmp_path, "print(n)")
    left = {*threading.enumerate()} - before
    assert [thread.name for thread in left if isinstance(thread, HBChannel)] == []


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="no list of open files here")
@BOTH
def test_no_file_and_no_thread_stays_after_a_kernel(small, tmp_path, monkeypatch, forks):
    monkeypatch.setattr(kernel, "CAN_FORK", forks)
    seen = []
    for _ in range(3):
        printed(small, tmp_path, "print(n)")
        seen.append((len([*Path("/proc/self/fd").iterdir()]), threading.active_count()))
    assert len({*seen[1:]}) == 1  # the first opens what the process keeps


@forking
def test_what_a_kernel_changes_stays_in_it(small, tmp_path):
    here = Path.cwd()
    printed(small, tmp_path, "import aqparat, os; aqparat.changed = True; os.environ['AQPARAT_X'] = '1'")
    assert not hasattr(aqparat, "changed")
    assert "AQPARAT_X" not in os.environ
    assert Path.cwd() == here


@forking
def test_a_kernel_that_dies_is_an_error_a_person_can_read(small, tmp_path):
    source = small(tmp_path / "dies.ipynb", "import os; os._exit(3)")
    with pytest.raises(NotebookError, match=r"dies\.ipynb"):
        notebook.run(source, tmp_path / "out.ipynb", {}, tmp_path)
    assert children() == set()


async def reply_come_while_sending():
    """Wait for a reply; when it has come and nobody has been told yet, send something else."""
    context, session = zmq.asyncio.Context(), Session()
    served, socket = zmq.Socket.shadow(context.socket(zmq.ROUTER)), context.socket(zmq.DEALER)
    try:
        served.bind("inproc://kernel")
        socket.connect("inproc://kernel")
        channel = client.Client.shell_channel_class.default_value(socket, session)
        channel.send(session.msg("execute_request"))
        asked, *_ = served.recv_multipart()
        waiting = asyncio.ensure_future(channel.get_msg())
        await asyncio.sleep(0.1)  # it waits, and has been told of all that came before
        session.send(served, "execute_reply", ident=asked)
        select.select([socket.get(zmq.FD)], [], [], 60)
        channel.send(session.msg("comm_msg"))
        return (await asyncio.wait_for(waiting, 10))["header"]["msg_type"]
    finally:
        context.destroy(linger=0)


@pytest.mark.filterwarnings("ignore::RuntimeWarning")  # Windows' event loop has no readers of sockets
def test_a_reply_that_comes_while_something_is_sent_is_not_lost():
    assert asyncio.run(reply_come_while_sending()) == "execute_reply"


@forking
def test_a_kernel_that_does_not_answer_is_an_error_that_says_so(small, tmp_path, monkeypatch):
    monkeypatch.setattr(application, "listening", lambda *_: time.sleep(600))
    monkeypatch.setattr(provisioner, "PATIENCE", 0.1)
    monkeypatch.setattr(kernel, "PATIENCE", 1)
    with pytest.raises(NotebookError) as error:
        printed(small, tmp_path, "print(1)")
    assert (error.value.key, error.value.values["seconds"]) == ("kernel_silent", "1")
    assert children() == set()


@forking
def test_a_kernel_that_ends_before_it_answers_is_an_error_that_says_so(small, tmp_path, monkeypatch):
    monkeypatch.setattr(application, "listening", lambda *_: os._exit(3))
    with pytest.raises(NotebookError) as error:
        printed(small, tmp_path, "print(1)")
    assert error.value.key == "kernel_ended"
    assert children() == set()


def test_the_engine_is_known_to_papermill(small, tmp_path):
    engine = papermill.engines.papermill_engines.get_engine(kernel.NAME)
    assert engine is kernel.ForkedKernelEngine
    source = small(tmp_path / "in.ipynb", "print(n)")
    done = papermill.execute_notebook(
        str(source), None, {"n": 7}, engine_name=kernel.NAME, kernel_name="python3", progress_bar=False
    )
    assert nbformat.validate(done) is None
    assert done.cells[-1].outputs[0].text == "7\n"


def plotted(small, folder):
    """Give what a plot shows, the program forks or starts anew as it does."""
    executed = notebook.run(small(folder / "in.ipynb", PLOT), folder / "out.ipynb", {}, folder)
    return [o.data.get("image/png") for o in executed.cells[-1].outputs]


@BOTH
def test_a_kernel_takes_nothing_from_the_machine(small, tmp_path, monkeypatch, capfd, forks):
    monkeypatch.setattr(kernel, "CAN_FORK", forks)
    sabotage = 'sabotage = True\nimport sys\nsys.stderr.write("sabotage")\nraise ValueError("sabotage")\n'
    profile, spec = tmp_path / "ipython" / "profile_default", tmp_path / "jupyter" / "kernels" / "python3"
    for folder in (profile / "startup", spec):
        folder.mkdir(parents=True)
    for file in (profile / "startup" / "00.py", profile / "ipython_kernel_config.py", tmp_path / "start.py"):
        file.write_text(sabotage)
    (spec / "kernel.json").write_text('{"argv": ["no such program"], "display_name": "?", "language": "?"}')
    monkeypatch.setenv("IPYTHONDIR", str(profile.parent))
    monkeypatch.setenv("PYTHONSTARTUP", str(tmp_path / "start.py"))
    monkeypatch.setenv("JUPYTER_PATH", str(spec.parents[1]))
    assert printed(small, tmp_path, "print('sabotage' in globals())") == ["False"]
    assert capfd.readouterr().err == ""


@BOTH
def test_a_plot_is_shown_and_is_the_same_everywhere(small, tmp_path, monkeypatch, forks):
    monkeypatch.setattr(kernel, "CAN_FORK", forks)
    before = plotted(small, tmp_path)
    assert len(before) == 1 and before[0]
    here = tmp_path / "here"
    here.mkdir()
    (here / "matplotlibrc").write_text("font.size: 30\nfont.family: serif\naxes.grid: True\n")
    monkeypatch.setenv("MATPLOTLIBRC", str(here / "matplotlibrc"))
    with matplotlib.rc_context({"font.size": 30, "font.family": "serif"}):
        assert plotted(small, here) == before


def test_a_plot_is_shown_where_the_process_has_drawn_before(small, tmp_path):
    from matplotlib import pyplot

    pyplot.close(pyplot.figure())  # what draws is chosen then, for good
    assert plotted(small, tmp_path)


def test_both_kinds_of_kernel_draw_the_same(small, tmp_path, monkeypatch):
    before = plotted(small, tmp_path)
    monkeypatch.setattr(kernel, "CAN_FORK", False)
    assert plotted(small, tmp_path) == before


def blocks(language):
    """Give the fragments of a language in the page for other users of papermill."""
    page = (ROOT / "docs" / "kernels.md").read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```$", page, flags=re.M | re.S)


def test_what_the_page_on_kernels_shows_works(small, tmp_path):
    small(tmp_path / "in.ipynb", "print(n + 1)")
    (command,), (program,) = blocks("sh"), blocks("python")
    name, *given = shlex.split(command)
    assert name == "papermill"
    for run in (["-m", "papermill", *given], ["-c", program]):
        subprocess.run([sys.executable, *run], cwd=tmp_path, check=True, capture_output=True)
    for file, said in {"out.ipynb": "8", "out-1.ipynb": "2", "out-2.ipynb": "3", "out-3.ipynb": "4"}.items():
        done = nbformat.read(tmp_path / file, as_version=4)
        assert done.cells[-1].outputs[0].text == f"{said}\n"
