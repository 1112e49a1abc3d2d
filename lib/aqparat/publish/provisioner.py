"""How a kernel's process comes to be: forked from a stem, or started ahead where no process can be forked."""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
import time
from pathlib import Path
from typing import Any

from jupyter_client.provisioning.local_provisioner import LocalProvisioner
from traitlets import Bool, Instance

from aqparat.publish import ahead, served
from aqparat.publish.stem import CAN_FORK, Address, Stem, current

NAME = "aqparat-fork"  # in pyproject.toml, among the entry points for jupyter_client
SHORT = 0.002  # seconds between looks at what takes some thousandths of one
PATIENCE = 5.0  # seconds at the most for what mostly takes some hundredths of one


class ForkProvisioner(LocalProvisioner):
    """Launch a kernel by forking a stem: the one given, the one of this process, or one made for it.

    Parameters
    ----------
    stem : Address, optional
    forks : bool
        Else its process is one started ahead (`aqparat.publish.ahead`); by default where the system can.
    """

    stem = Instance(Address, allow_none=True)
    forks = Bool(CAN_FORK)
    _made: Stem | None = None
    _connection: Path | None = None

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
        """Have a process serve, and return at once; kernels that cannot be had are errors of theirs."""
        connection = cmd[cmd.index("-f") + 1]
        folder, environment = str(kwargs.get("cwd") or Path.cwd()), kwargs.get("env") or dict(os.environ)
        self._connection = Path(connection)
        served.home(connection).mkdir(exist_ok=True)
        served.ready(connection).unlink(missing_ok=True)
        self.process: Any
        if self.forks:
            self.process = self._stem().fork(served.serve, connection, folder, environment)
        else:
            self.process = ahead.take(connection, folder, environment)
        self.pid = self.process.pid
        self.pgid = None if self.forks or sys.platform == "win32" else self.pid
        return self.connection_info

    async def post_launch(self, **kwargs: Any) -> None:
        """Wait a while until it listens: what connects before tries again only after a tenth of a second."""
        until = time.monotonic() + PATIENCE
        while self._connection and not served.ready(self._connection).exists():
            if await self.poll() is not None or time.monotonic() > until:
                break
            await asyncio.sleep(SHORT)

    async def kill(self, restart: bool = False) -> None:
        """End it at once and wait for that, which takes less than who asks next would wait."""
        await super().kill(restart)
        until = time.monotonic() + PATIENCE
        while self.process and self.process.poll() is None and time.monotonic() < until:
            await asyncio.sleep(SHORT)

    async def cleanup(self, restart: bool = False) -> None:
        """Remove what the kernel kept, unless it is started again."""
        await super().cleanup(restart)
        if restart:
            return
        if self._connection:
            shutil.rmtree(served.home(self._connection), ignore_errors=True)
        if self._made:
            self._made.close()
            self._made = None

    def _stem(self) -> Address:
        if self.stem is None:
            self.stem = current()
        if self.stem is None:
            self._made = Stem()
            self.stem = self._made.address
        return self.stem
