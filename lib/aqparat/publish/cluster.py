"""Reports beyond one machine: an executor that has its tasks run by the workers of a Dask cluster.

A worker needs the same build of the program and nothing else of this machine: the notebook travels with its
task, the data folder as a `Cargo` that each worker gets once; what a task has made comes back to be written
here. A task gives the same wherever it is run, so Dask has those of a worker that has died run by another.
"""

from __future__ import annotations

import asyncio
import logging
import pickle
import threading
import time
import warnings
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future, ThreadPoolExecutor
from concurrent.futures import wait as wait_for
from contextlib import suppress
from functools import partial
from types import TracebackType
from typing import Any

from aqparat.problem import ClusterError
from aqparat.publish import cargo, dask_worker
from aqparat.publish.build import Build
from aqparat.publish.cargo import Cargo
from aqparat.publish.task import Task
from aqparat.words.languages import language

_PATIENCE = 15  # seconds for the scheduler's answer
_SENT = 2000  # tasks that are with the scheduler at once, so that its memory is bounded; the rest wait here
_AGAIN = 3  # times that a task is run again whose process has ended
_RECEIVING = 4  # threads that write what comes back
_LOOK = 5  # seconds between looks for workers
_GONE = 600  # seconds after which nobody waits any more for workers that were there


class Cluster(Executor):
    """The workers of a Dask scheduler, as `Workers` are those of this machine.

    Parameters
    ----------
    address : str
        Of the scheduler: `tcp://HOST:PORT`, or `tls://HOST:PORT` with Dask's own configuration.
    code : str
        Language of what is told.
    tell : callable
        Told that there are no workers yet, or none any more.

    Raises
    ------
    ClusterError
        If Dask is not installed, no scheduler answers, or a worker has another build of the program.
    """

    def __init__(self, address: str, code: str, tell: Callable[[str], None] = lambda text: None) -> None:
        self.address = address
        self._client = _connected(address)
        self._there = self._client.get_executor(pure=False, retries=_AGAIN)
        self._room = threading.BoundedSemaphore(_SENT)
        self._receiving = ThreadPoolExecutor(_RECEIVING, "aqparat-receiving")
        self._sent: set[Future[None]] = set()
        self._cargo: tuple[Any, Any] = None, None  # what was packed, and the future of it on the cluster
        self._tell, self._words, self._stopped = tell, language(code), threading.Event()
        try:
            if not self._client.nthreads():
                tell(self._words.label("cluster.waiting", address=address))
                self._client.wait_for_workers(1)
            self.jobs = sum(self._client.nthreads().values())  # tasks that run at once; more where more join
            self._check()
            self._client.run(dask_worker.warm)
            threading.Thread(target=self._watch, daemon=True).start()
        except OSError as error:
            self.stop()
            raise self._lost() from error
        except BaseException:
            self.stop()
            raise

    def begin(self) -> None:
        """Do nothing: the workers have begun."""

    def submit(self, function: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Send a task that is to be rendered; where many are on their way, wait until one is back.

        Raises
        ------
        ClusterError
            If the scheduler is lost.
        """
        (task,) = args
        self._room.acquire()
        future: Future[None] = Future()
        future.set_running_or_notify_cancel()
        self._sent.add(future)
        try:
            given = task, task.source.read_bytes(), self._carried(task)
            there = self._there.submit(dask_worker.render, *given)
        except BaseException:
            self._done(future)
            raise
        there.add_done_callback(partial(self._arrived, task, future))
        return future

    def stop(self) -> None:
        """Take back what has been sent; what runs on a worker ends there for nothing."""
        self._stopped.set()
        self._receiving.shutdown(cancel_futures=True)
        for future in list(self._sent):
            self._done(future, CancelledError())
        with suppress(Exception):  # the scheduler may be gone
            self._client.close(timeout=_PATIENCE)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Leave the cluster, if wanted when what was sent is back."""
        if wait and not cancel_futures:
            wait_for(list(self._sent))
        self.stop()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.shutdown(cancel_futures=error is not None)

    def _check(self) -> None:
        """Hold the builds of the workers against the one here."""
        builds = self._client.run(dask_worker.build, on_error="return")
        for worker, there in sorted(builds.items()):
            if isinstance(there, Build):
                Build.here().hold(there, worker)
            else:
                message = f"The worker {worker} cannot run aqparat: {there}"
                raise ClusterError(message, "worker_lacks", worker=worker, reason=str(there))

    def _carried(self, task: Task) -> Any:
        """Return the data folder of a task as it is on the cluster; sent again where there is more of it."""
        import dask

        data, period = task.home / task.parameters["data"], task.parameters["period"]
        packed = data, period, cargo.seen(data, period)
        if self._cargo[0] != packed:
            with dask.config.set({"distributed.admin.large-graph-warning-threshold": "1TB"}):
                self._cargo = (
                    packed,
                    self._client.submit(Cargo, cargo.pack(data, period), Build.here(), pure=False),
                )
        return self._cargo[1]

    def _arrived(self, task: Task, future: Future[None], there: Future[bytes]) -> None:
        """Have what has come written by another thread than Dask's."""
        with suppress(RuntimeError):  # stopped meanwhile
            self._receiving.submit(self._receive, task, future, there)

    def _receive(self, task: Task, future: Future[None], there: Future[bytes]) -> None:
        """Write what came of a task."""
        try:
            pickle.loads(there.result()).put(task.folder)
        except CancelledError:
            self._done(future, self._lost())
        except Exception as error:
            ended = type(error).__name__ == "KilledWorker"  # several workers, one after another
            self._done(future, BrokenExecutor(str(error)) if ended else error)
        else:
            self._done(future)

    def _watch(self) -> None:
        """Say that there are no workers any more; if none comes, end what was sent."""
        since = None
        while not self._stopped.wait(_LOOK):
            try:
                are_there = bool(self._client.nthreads())
            except Exception:  # the scheduler is lost: what was sent ends so
                continue
            if are_there or not self._sent:
                since = None
            elif since is None:
                since = time.monotonic()
                self._tell(self._words.label("cluster.gone", address=self.address, minutes=_GONE // 60))
            elif time.monotonic() - since > _GONE:
                message = f"The scheduler {self.address} has no workers."
                for future in list(self._sent):
                    self._done(future, ClusterError(message, "cluster_deserted", address=self.address))

    def _lost(self) -> ClusterError:
        return ClusterError(f"The scheduler {self.address} is lost.", "cluster_lost", address=self.address)

    def _done(self, future: Future[None], error: BaseException | None = None) -> None:
        """End a future, once."""
        try:
            self._sent.remove(future)
        except KeyError:  # by another thread
            return
        self._room.release()
        if error:
            future.set_exception(error)
        else:
            future.set_result(None)


def _connected(address: str) -> Any:
    """Connect to a scheduler, without words of Dask's own.

    Raises
    ------
    ClusterError
    """
    try:
        from distributed import Client, Security
    except ImportError as error:
        raise ClusterError(f"Dask is not installed: {error}", "cluster_extra") from error
    for name in [name for name in logging.root.manager.loggerDict if name.split(".")[0] == "distributed"]:
        logging.getLogger(name).setLevel(logging.CRITICAL)  # what it has to say is said by us
    try:
        if address.startswith("tls:") and not Security().get_connection_args("client").get("ssl_context"):
            raise ValueError("Dask's configuration names no certificates")  # on which a client would hang
        with ThreadPoolExecutor(1) as aside:  # this thread may have a loop that runs
            aside.submit(asyncio.run, _asked(address)).result()
        with warnings.catch_warnings(action="ignore"):  # of other versions there: a Build has them
            return Client(address, timeout=_PATIENCE, set_as_default=False)
    except (OSError, ValueError, TypeError, OverflowError) as error:
        message = f"There is no Dask scheduler at {address}: {error}"
        raise ClusterError(message, "cluster_absent", address=address, reason=str(error)) from error


async def _asked(address: str) -> None:
    """Ask what is at an address who it is: a client would wait for ever for what is no scheduler.

    Raises
    ------
    OSError
        It does not answer that it is one, within the time that a client waits for a connection.
    """
    from distributed import Security
    from distributed.core import rpc

    try:
        async with asyncio.timeout(_PATIENCE):
            async with rpc(address, connection_args=Security().get_connection_args("client")) as there:
                kind = (await there.identity())["type"]
    except Exception as error:  # it may be anything
        raise OSError(str(error) or type(error).__name__) from error
    if kind != "Scheduler":
        raise OSError(f"it is a {kind}")
