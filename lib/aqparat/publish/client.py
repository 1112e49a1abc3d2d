"""What talks to a kernel: it loses no reply, waits no longer than it must, and closes what it has opened."""

from __future__ import annotations

import time
from queue import Empty
from typing import Any

from aqparat import notebook_format as notebook_format

# isort: split
import zmq
import zmq.asyncio
from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.channels import AsyncZMQSocketChannel
from jupyter_client.client import KernelClient
from jupyter_client.manager import AsyncKernelManager
from jupyter_core.utils import run_sync
from nbclient.exceptions import DeadKernelError
from traitlets import Type

_ASKED_AGAIN = 1.0  # seconds until a kernel that has not answered is asked again


class ShellChannel(AsyncZMQSocketChannel):
    """The channel of requests and replies, on which a message sent never hides one that has come.

    libzmq tells once that messages have come, and sending takes that note away (zmq_getsockopt(3), ZMQ_FD).
    jupyter_client sends past asyncio's face of the socket, which then never learns of a reply that came just
    before, and nbclient, which answers each output that a widget shows, would wait for it for ever.
    """

    def send(self, msg: dict[str, Any]) -> None:
        """Send a message; whoever waits for one is told of what has come meanwhile."""
        super().send(msg)
        if self.socket is not None:
            self.socket.get(zmq.EVENTS)  # pyzmq then handles what there is


class SilentKernelError(RuntimeError):
    """A kernel runs, but has not answered when it should have."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"The kernel did not answer in {seconds:g} seconds.")
        self.seconds = seconds


class Client(AsyncKernelClient):
    """What talks to a kernel, whose process its manager watches: no heart needs to beat."""

    shell_channel_class = Type(ShellChannel)

    def start_channels(self, *args: Any, **kwargs: Any) -> None:
        """Open the channels, but not the heart's, which has a thread of its own."""
        super().start_channels(*args, **{**kwargs, "hb": False})

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Wait until a kernel has answered and what it publishes is heard.

        jupyter_client's own waits a fifth of a second more, to see that nothing else is published; here all
        has been heard when the kernel says that it is idle after the answer.

        Raises
        ------
        SilentKernelError
            If there is no answer after `timeout` seconds.
        DeadKernelError
            If the kernel has ended before.
        """
        until = None if timeout is None else time.monotonic() + timeout
        while not await self._has_answered():
            if not await self.is_alive():
                raise DeadKernelError("Kernel died before it answered")
            if until is not None and time.monotonic() > until:
                raise SilentKernelError(timeout or 0)

    async def _has_answered(self) -> bool:
        """Ask a kernel for what it is, and return whether the answer was heard on both channels in time."""
        asked = self.kernel_info()
        wait = _ASKED_AGAIN
        try:
            while (await self.get_shell_msg(timeout=wait))["parent_header"].get("msg_id") != asked:
                pass
            while True:
                told = await self.get_iopub_msg(timeout=wait)
                state = told["content"].get("execution_state")
                if told["parent_header"].get("msg_id") == asked and state == "idle":
                    return True
        except Empty:  # it did not listen yet, or was not listened to
            return False


class Manager(AsyncKernelManager):
    """Starts a kernel, and closes what it has opened to talk to it.

    nbclient leaves the client of a manager that it was handed open: a thread and a dozen files a notebook.
    """

    _opened: tuple[KernelClient, ...] = ()

    def client(self, **kwargs: Any) -> KernelClient:
        """Return a client that uses what the manager has opened, and is closed with the kernel."""
        opened = super().client(**{"context": self.context, **kwargs})
        self._opened = (*self._opened, opened)
        return opened

    def close(self) -> None:
        """End the kernel and the clients."""
        for opened in self._opened:
            opened.stop_channels()
        run_sync(self.shutdown_kernel)(now=True)
