"""A fault in the process that a trial starts: Python imports this by itself where PYTHONPATH leads here.

AQPARAT_FAULT is JSON: `under` the folder in which steps are counted (what makes, opens to write, renames,
exchanges or removes a file), `log` a file that takes them, a line each, `die` the number of the step before
which the process is no more, `refuse` the name of the error of steps that match `like`, from the `since`-th
of them on (`only` that one), and `aside` whether folders cannot be exchanged. It holds in the process that
was started alone, not in what that one starts.
"""

import errno
import json
import os
import re
import sys
from pathlib import Path

_STEPS = {  # how many paths each has, and after how many arguments the folders that they are in
    "os.rename": (2, 2),
    "os.link": (2, 2),
    "os.remove": (1, 1),
    "os.rmdir": (1, 1),
    "os.mkdir": (1, 2),
}
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT
_EXCHANGE = "renameat2"


class Fault:
    def __init__(self, under, log=None, die=0, refuse="", like="", since=1, only=False, aside=False):
        self.under, self.die, self.since, self.only, self.aside = under, die, since, only, aside
        self.refused, self.like = getattr(errno, refuse, 0), re.compile(like)
        self.log = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND) if log else None
        self.process, self.count, self.alike = os.getpid(), 0, 0

    def __call__(self, event, args):
        if event == "ctypes.dlsym" and args[1] in (_EXCHANGE, _EXCHANGE.encode()):
            if self.aside:
                raise AttributeError(_EXCHANGE)
            self.step("exchange", "")
        elif event in _STEPS:
            number, folders = _STEPS[event]
            names = [self.path(*pair) for pair in zip(args[:number], args[folders:], strict=False)]
            if self.ours(names[-1]):
                self.step(event, " -> ".join(names))
        elif event == "open" and isinstance(args[0], str | bytes) and (args[2] or 0) & _WRITES:
            name = self.path(args[0], -1)
            if self.ours(name):
                self.step(event, name)

    def path(self, name, folder):
        told = os.fsdecode(name)
        if isinstance(folder, int) and folder >= 0 and not told.startswith("/"):
            told = str(Path("/proc/self/fd", str(folder)).readlink() / told)
        return str(Path.cwd() / told)

    def ours(self, path):
        return path.startswith(self.under + "/")

    def step(self, event, names):
        if os.getpid() != self.process:
            return
        self.count += 1
        line = f"{event} {names}".replace(self.under + "/", "")
        if self.log is not None:
            os.write(self.log, f"{line}\n".encode("utf-8", "surrogateescape"))
        if self.count == self.die:
            os._exit(9)
        if self.refused and self.like.search(line):
            self.alike += 1
            if self.alike == self.since or (self.alike > self.since and not self.only):
                raise OSError(self.refused, os.strerror(self.refused), names.split(" -> ")[0])


if given := os.environ.pop("AQPARAT_FAULT", ""):
    sys.addaudithook(Fault(**json.loads(given)))
