"""Stages as Prefect tasks: one line each, no caching, and no text of a foreign exception reaches Prefect's database."""

import functools
from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec, TypeVar

from prefect import task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State, TaskRun
from prefect.tasks import Task

from contracts.errors import ContractError
from expectations.errors import ExpectationsError
from flows.errors import FlowError, StageFailedError
from flows.run import Opened, write_trace
from matching.errors import MatchingError
from warehouse.errors import WarehouseError

RunT = TypeVar("RunT", bound=Opened)
P = ParamSpec("P")
R = TypeVar("R")

OURS = (FlowError, ContractError, ExpectationsError, MatchingError, WarehouseError)
"""Errors whose sentences are made by us and hold no personal data."""


def as_task(
    stage: Callable[Concatenate[RunT, P], R],
    **options: Any,  # noqa: ANN401 - whatever Prefect's own `task` takes
) -> Task[Concatenate[RunT, P], R]:
    """The stage as a task; an unforeseen exception becomes StageFailedError, its trace kept without text."""

    @functools.wraps(stage)
    def guarded(run: RunT, *args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return stage(run, *args, **kwargs)
        except OURS:
            raise
        except Exception as exc:  # noqa: BLE001 - the outermost edge of our code: what follows is Prefect's
            write_trace(run)
            raise StageFailedError(stage.__name__, type(exc).__name__) from None

    return task(name=stage.__name__, cache_policy=NO_CACHE, **options)(guarded)


def heals_by_waiting(_task: Task[Any, Any], _run: TaskRun, state: State[Any]) -> bool:
    """Whether a failure may heal by itself: a file system that is busy or away, nothing else."""
    failure = state.data
    return isinstance(failure, StageFailedError) and failure.kind in {"OSError", "TimeoutError", "BlockingIOError"}
