"""The same work on many items at once: on this machine's cores, or on a Dask cluster.

Items go out as workers come free and results come back in the items' order, so memory holds a
few of them at a time, however many there are.
"""

from __future__ import annotations

import warnings
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any, TypeVar

from joblib import Parallel, delayed, effective_n_jobs
from joblib.externals.loky.process_executor import BrokenProcessPool

ALL_CORES = -1
AHEAD = 2  # items handed out for each worker, so that none waits for the next
TOGETHER = 8  # items in one task of a cluster
PATIENCE = 15  # seconds in which a cluster must answer and have a worker

Item = TypeVar("Item")
Result = TypeVar("Result")


@dataclass(frozen=True)
class WorkerDied:
    """Stands in the place of a result: the process that worked on the item died, twice."""

    item: object


def each(
    work: Callable[[Item], Result],
    items: Sequence[Item],
    *,
    cores: int = ALL_CORES,
    cluster: str = "",
) -> Generator[Result | WorkerDied, None, None]:
    """Do the same work on each item, several at once; give the results in the items' order.

    A worker that dies (out of memory, killed) costs its item a second try; after another death
    `WorkerDied` stands in its place, and the others go on.

    Parameters
    ----------
    work
        A function of a module, as it is sent to other processes.
    items
        What it is done to: small things such as paths, as they are sent as well.
    cores
        Processes at once: ALL_CORES, or 1 to stay in this process.
    cluster
        The address of a Dask scheduler, such as tcp://10.0.0.5:8786, whose workers see the same
        files and have the product installed; "" for this machine.

    Raises
    ------
    ValueError
        When there is no such cluster, or the package for it is not installed.
    """
    if cluster:
        return _on_cluster(work, items, cluster)
    count = min(effective_n_jobs(cores), len(items))
    return _on_cores(work, items, count) if count > 1 else (work(item) for item in items)


@contextmanager
def ahead(work: Callable[[Item], object], item: Item, *, cores: int = ALL_CORES) -> Iterator[None]:
    """Let each of this machine's processes do something while the caller is busy with another.

    `each` finds the processes started, and what a module of theirs keeps; the end waits for them.

    Parameters
    ----------
    work, item
        What each process does.
    cores
        As for `each`; with one there is nothing to do ahead.
    """
    count = effective_n_jobs(cores)
    if count == 1:
        yield
        return
    pool = Parallel(count, backend="loky", return_as="generator", batch_size=1, pre_dispatch="all")
    results = pool(delayed(_prepare)(work, item) for _ in range(count))
    try:
        yield
    finally:
        with suppress(BrokenProcessPool):  # those that come next start others
            deque(results, maxlen=0)


def _prepare(work: Callable[[Item], object], item: Item) -> None:
    work(item)  # what it gives is not sent back: it may be a module


def _on_cores(
    work: Callable[[Item], Result], items: Sequence[Item], count: int
) -> Generator[Result | WorkerDied, None, None]:
    done = 0
    while done < len(items):
        try:
            with _started(work, items[done:], count) as results:
                for result in results:
                    done += 1
                    yield result
        except BrokenProcessPool:
            # Which item it was is not known: those that were out are tried one by one.
            for item in items[done : done + AHEAD * count]:
                done += 1
                yield _alone(work, item, count)


def _alone(work: Callable[[Item], Result], item: Item, count: int) -> Result | WorkerDied:
    try:
        with _started(work, [item], count) as results:
            return next(results)
    except BrokenProcessPool:
        return WorkerDied(item)


@contextmanager
def _started(
    work: Callable[[Item], Result], items: Sequence[Item], count: int
) -> Iterator[Iterator[Result]]:
    pool = Parallel(
        count, backend="loky", return_as="generator", batch_size=1, pre_dispatch=AHEAD * count
    )
    results: Generator[Result, None, None] = pool(delayed(work)(item) for item in items)
    try:
        yield results
    finally:
        with warnings.catch_warnings():
            # joblib warns whoever stops early, as on a fault or when a reader cancels.
            warnings.simplefilter("ignore", UserWarning)
            results.close()


def _on_cluster(
    work: Callable[[Item], Result], items: Sequence[Item], address: str
) -> Generator[Result | WorkerDied, None, None]:
    # By futures, for joblib's own way to Dask waits forever once a worker has died. What Dask
    # spends on a task is as much as a small file takes to read, so a task is several items.
    with _client(address) as client:
        out: deque[tuple[Sequence[Item], Any]] = deque()
        ahead = AHEAD * sum(client.nthreads().values())
        for start in range(0, len(items), TOGETHER):
            some = items[start : start + TOGETHER]
            out.append((some, client.submit(_all_of, work, some, pure=False)))
            if len(out) > ahead:
                yield from _answers(work, *out.popleft(), client)
        while out:
            yield from _answers(work, *out.popleft(), client)


def _all_of(work: Callable[[Item], Result], items: Sequence[Item]) -> list[Result]:
    return [work(item) for item in items]


def _answers(
    work: Callable[[Item], Result], items: Sequence[Item], future: Any, client: Any
) -> Iterator[Result | WorkerDied]:
    from distributed import KilledWorker

    try:
        yield from future.result()
        return
    except KilledWorker:
        pass
    for item in items:  # which of them it was is not known
        answer: Result
        try:
            answer = client.submit(work, item, pure=False).result()
        except KilledWorker:
            yield WorkerDied(item)
        else:
            yield answer


@contextmanager
def _client(address: str) -> Iterator[Any]:
    try:
        import distributed
    except ImportError:
        raise ValueError("a cluster needs the package dask[distributed]") from None
    try:
        client: Any = distributed.Client(address, timeout=PATIENCE, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        raise ValueError(f"no Dask scheduler answers at {address!r}: {error}") from None
    with client:
        try:
            client.wait_for_workers(1, timeout=PATIENCE)
        except TimeoutError:
            raise ValueError(f"the Dask scheduler at {address!r} has no worker") from None
        yield client
