"""Tasks over the cores, or wherever an executor has them run: one that fails does not stop the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from dataclasses import dataclass
from typing import Any

from aqparat.problem import AqparatError, NotebookError
from aqparat.publish.order import Order
from aqparat.publish.step import Progress, Step
from aqparat.publish.task import Task


@dataclass(frozen=True)
class Failure:
    """A task that failed, and why."""

    task: Task
    error: AqparatError


class Here(Executor):
    """Runs each task at once, in this process."""

    def __init__(self) -> None:
        import aqparat.report  # noqa: F401  (kernels are forked from this process: they need not import it)

    def submit(self, function: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Call a function; its future has ended when it is given back."""
        future: Future[Any] = Future()
        try:
            future.set_result(function(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


class Batch:
    """Tasks handed to an executor.

    Parameters
    ----------
    executor : Executor
    progress : callable
        Told each step.
    jobs : int
        How many tasks the executor runs at once.
    """

    def __init__(self, executor: Executor, progress: Progress, jobs: int = 1) -> None:
        self.executor, self.progress, self.jobs = executor, progress, jobs
        self._running: dict[Future[None], Task] = {}
        self._done = 0

    def foresee(self, order: Order) -> None:
        """Let the executor, if it can, prepare for the tasks of an order whose data have been read."""
        if foresee := getattr(self.executor, "foresee", None):
            foresee(order.languages, order.formats, order.period, order.data)

    @property
    def waiting(self) -> int:
        """How many tasks have not ended."""
        return len(self._running)

    def add(self, tasks: Iterable[Task]) -> list[Future[None]]:
        """Hand tasks to the executor, each as soon as it is there.

        Raises
        ------
        NotebookError
            If the processes that run notebooks have ended.
        """
        added = []
        for task in tasks:
            try:
                future = self.executor.submit(render, task)
            except BrokenExecutor as error:
                raise _ended(task) from error
            self._running[future] = task
            added.append(future)
            self._told()
        return added

    def ended(self, futures: Iterable[Future[None]]) -> bool:
        """Return whether some tasks have all ended."""
        return not any(future in self._running for future in futures)

    def wait(self) -> None:
        """Wait for a task to end."""
        wait(self._running, return_when=FIRST_COMPLETED)
        self._told()

    def stop(self) -> None:
        """Take back what has not begun, and let what has end: at once where the executor can."""
        begun = [future for future in self._running if not future.cancel()]  # nobody tells of one taken back
        if stop := getattr(self.executor, "stop", None):
            stop()
        wait(begun)
        self._running.clear()

    def _told(self) -> None:
        for future in [future for future in self._running if future.done()]:
            task = self._running.pop(future)
            self._done += 1
            total = self._done + len(self._running)
            self.progress(Step(task.name, self._names(), self._done, total))

    def _names(self) -> tuple[str, ...]:
        begun = [task.name for future, task in self._running.items() if future.running()]
        return tuple(begun[: self.jobs])


def render(task: Task) -> None:
    """Do a task, as `rendering.render`, where an executor has sent it; only there is it imported."""
    from aqparat.publish import rendering

    rendering.render(task)


def failures(tasks: Iterable[tuple[Task, Future[None]]]) -> list[Failure]:
    """Return those of some ended tasks that failed so that a user can act on it.

    Raises
    ------
    Exception
        Any other failure, which is a fault of the program.
    """
    found = []
    for task, future in tasks:
        error = future.exception()
        if isinstance(error, BrokenExecutor):
            error = _ended(task)
        if isinstance(error, AqparatError):
            found.append(Failure(task, error))
        elif error is not None:
            raise error
    return found


def _ended(task: Task) -> NotebookError:
    """Return the error of a process that was ended from outside, such as by a system short of memory."""
    message = f"{task.source.name}: the process that ran it was ended from outside"
    return NotebookError(message, "worker_ended", notebook=task.source.name, name=task.name)
