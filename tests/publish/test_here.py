"""Notebooks run without a kernel come out as with one."""

import multiprocessing
import time

import nbformat
import pytest
from aqparat.problem import NotebookError
from aqparat.publish.stem import CAN_FORK

pytestmark = pytest.mark.skipif(not CAN_FORK, reason="runs in forked processes only")

CELLS = (
    "n + 1",
    "None",
    "print('a'); import sys; print('e', file=sys.stderr); print(name, end='')",
    "import pandas as pd\npd.DataFrame({'a': [1, 2.5], 'b': ['x', None]})",
    "from IPython.display import HTML, clear_output, display\ndisplay(HTML('<b>x</b>'))\nprint('p')\n5",
    "shown = display('one', display_id='q')",
    "shown.update('two')",
    "print('gone'); clear_output(); print('kept')",
    "print('gone'); clear_output(wait=True); print('kept'); 7",
    "import matplotlib.pyplot as plt\nplt.plot([1, 2, 3]); plt.title('ә'); None",
    "plt.subplots(figsize=(2, 2))[1].bar([1], [2]); plt.show(); print('after')",
    "%config InlineBackend.figure_format = 'jpeg'\nplt.plot([1, 2]); None",
    "!echo shell",
    "await __import__('asyncio').sleep(0)\nprint('awaited')",
    "_, sorted(Out), In[3], __name__, get_ipython().__class__.__name__",
    "import __main__, os; __main__.n, os.environ['MPLBACKEND'], os.getcwd() == os.path.realpath('.')",
    "class A:\n    def _repr_html_(self): return '<i>a</i>'\n    __repr__ = lambda self: 'A()'\nA()",
    "float('nan'), sys.stdout.isatty(), sys.stdout.encoding",
    "print?",
    "plt.get_backend(), plt.rcParams['figure.dpi'], plt.rcParams['font.family']",
    "import logging; logging.warning('w')",
    "from threading import Thread\nthread = Thread(target=print, args=('t',)); thread.start(); thread.join()",
    "",
)


@pytest.fixture
def ran(small, tmp_path):
    """Run cells in a process of their own; give the executed notebook, or the key of what was wrong."""

    def run(engine, *cells, seconds=60):
        source, target = small(tmp_path / "source.ipynb", *cells), tmp_path / f"{engine}.ipynb"
        sees, tells = multiprocessing.get_context("fork").Pipe(duplex=False)

        def work():
            from aqparat.publish import here, kernel, notebook

            name = {"here": here.NAME, "kernel": kernel.NAME}[engine]
            try:
                notebook.run(source, target, {"n": 2}, tmp_path, None, seconds, name)
            except Exception as error:
                tells.send(error.key if isinstance(error, NotebookError) else type(error).__name__)
            else:
                tells.send("")

        process = multiprocessing.get_context("fork").Process(target=work)
        process.start()
        wrong = sees.recv()
        process.join()
        return wrong or nbformat.read(target, as_version=4)

    return run


def test_all_that_can_be_shown_comes_out_as_with_a_kernel(ran):
    here, kernel = ran("here", *CELLS), ran("kernel", *CELLS)
    for mine, theirs in zip(here.cells, kernel.cells, strict=True):
        assert {**mine, "id": ""} == {**theirs, "id": ""}
    kinds = [o.output_type for cell in here.cells for o in cell.outputs]
    assert {"stream", "display_data", "execute_result"} == set(kinds) and len(kinds) > 20


@pytest.mark.parametrize("cell", ["1 / 0", "input()", "import os\nos.system('echo past') and None", "quit()"])
def test_what_fails_or_needs_a_kernel_is_not_passed_over(ran, cell):
    assert ran("here", "1", cell) in ("cell_failed", "OSError")


def test_a_cell_that_runs_too_long_is_told(ran):
    begun = time.monotonic()
    assert (
        ran(
            "here", "import time\nwhile True:\n    try: time.sleep(60)\n    except Exception: pass", seconds=1
        )
        == "cell_slow"
    )
    assert time.monotonic() - begun < 30
