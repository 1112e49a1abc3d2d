"""A process that has imported the program and runs commands in forks of itself, so that hundreds are cheap.

Each line of standard input is JSON: `arguments`, `place`, `environment`, `fault` (as of `sitecustomize`),
`said` (a file for what the command prints) and `documents`, a folder with the reports of the same command
undisturbed: notebooks are not run, their documents are copied from there. `killed` is a signal and the
seconds after which it is sent. Each line of standard output is the status of a command.
"""

from __future__ import annotations

import atexit
import json
import os
import shutil
import signal
import sys
import tempfile
import time
import traceback
from concurrent.futures import Future
from pathlib import Path

import aqparat.cli as cli
import aqparat.data.forms.writing
import aqparat.data.reading.intake
import aqparat.metrics.store
import aqparat.publish.annotated
import aqparat.publish.check
import aqparat.publish.front
import aqparat.publish.run
import aqparat.publish.terminal  # noqa: F401  (as the next: forks begin with it imported)
import openpyxl  # noqa: F401
from sitecustomize import Fault


class Copies:
    """Stands for the workers: what they would make is copied."""

    jobs = 1

    def __init__(self, documents: str) -> None:
        self.documents = Path(documents)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass

    def begin(self):
        pass

    def submit(self, function, task):
        """Copy the documents of a task."""
        place = next(each for each in task.folder.parents if each.name.startswith(".staging-"))
        task.folder.mkdir(parents=True, exist_ok=True)
        for path in (self.documents / str(task.parameters["period"]) / task.folder.relative_to(place)).glob(
            "report.*"
        ):
            shutil.copyfile(path, task.folder / path.name)
        future = Future()
        future.set_result(None)
        return future


def run(arguments, place, environment, fault, said, documents):
    """Run a command as if it were this process."""
    out = os.open(said, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(out, 1)
    os.dup2(out, 2)
    os.chdir(place)
    os.environ.update(environment)
    tempfile.tempdir = None
    cli._workers = lambda *_: Copies(documents)
    status = 0
    if fault:
        sys.addaudithook(Fault(**fault))
    try:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
        cli.main(arguments)
    except SystemExit as end:
        status = end.code or 0
    except KeyboardInterrupt:  # as `aqparat.__main__`
        status = 130
    except BaseException:
        traceback.print_exc()
        status = -1
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)


def main():
    """Run what is asked for."""
    answers = os.fdopen(os.dup(1), "w")
    for line in sys.stdin:
        asked = json.loads(line)
        number, seconds = asked.pop("killed")
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})  # which is for the command, not for this
        pid = os.fork()
        if pid == 0:
            run(**asked)
        if number:
            time.sleep(seconds)
            os.kill(pid, number)
        answers.write(f"{os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])}\n")
        answers.flush()


if __name__ == "__main__":
    main()
