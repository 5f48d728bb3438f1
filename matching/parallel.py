"""Work on parts of a table by several threads, a few parts ahead, so that memory does not grow with their number."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

import polars as pl

Given = TypeVar("Given")
Made = TypeVar("Made")


def in_turn(work: Callable[[Given], Made], parts: Iterable[Given], *, most: int | None = None) -> Iterator[Made]:
    """What the work makes of each part, in their order; a part a thread is in work at a time, and not over `most`."""
    threads = min(pl.thread_pool_size(), most or pl.thread_pool_size())
    ahead: deque[Future[Made]] = deque()
    with ThreadPoolExecutor(threads) as workers:
        for part in parts:
            if len(ahead) == threads:
                yield ahead.popleft().result()
            ahead.append(workers.submit(work, part))
        while ahead:
            yield ahead.popleft().result()
