"""Work on many items: on cores and on a real Dask cluster, in order, past a worker that dies."""

import os
import signal
from itertools import islice
from pathlib import Path

import pytest

from geo.parallel import WorkerDied, each
from tests.dask_cluster import dask_cluster

ROOT = Path(__file__).resolve().parent.parent


def square(number):
    return number * number


def where(number):
    return os.getpid()


def bequeath(path):
    """Die on the first visit, or on every one when the file says so; else answer."""
    tries = path.read_text().splitlines() if path.exists() else []
    if "stubborn" in tries or "mortal" in tries:
        path.write_text("\n".join(word for word in tries if word != "mortal"))
        os.kill(os.getpid(), signal.SIGKILL)
    return path.name


@pytest.fixture(params=["one core", "all cores", "cluster"])
def place(request):
    """Where the work is done."""
    match request.param:
        case "one core":
            return {"cores": 1}
        case "all cores":
            return {"cores": 2}
    return {"cluster": request.getfixturevalue("cluster")}


def test_results_come_in_the_order_of_the_items(place):
    assert list(each(square, range(20), **place)) == [n * n for n in range(20)]
    assert list(each(square, [], **place)) == []


def test_one_core_stays_in_this_process_and_others_do_not(place):
    here = set(each(where, range(6), **place)) == {os.getpid()}
    assert here == (place == {"cores": 1})


def test_items_are_taken_as_they_are_needed(place):
    """A stream: whoever stops early has not paid for the rest."""
    results = each(square, range(10_000), **place)
    assert list(islice(results, 3)) == [0, 1, 4]
    results.close()


@pytest.mark.parametrize("place", ["all cores", "cluster"], indirect=True)
def test_a_worker_that_dies_costs_its_item_a_second_try(place, tmp_path):
    paths = [tmp_path / name for name in "abcdefgh"]
    paths[3].write_text("mortal")
    paths[6].write_text("stubborn")
    found = list(each(bequeath, paths, **place))
    assert found == ["a", "b", "c", "d", "e", "f", WorkerDied(paths[6]), "h"]


def test_a_fault_of_the_work_itself_is_raised(place):
    with pytest.raises(TypeError):
        list(each(square, ["a", "b"], **place))


def test_a_cluster_that_does_not_answer_is_said_so(monkeypatch):
    monkeypatch.setattr("geo.parallel.PATIENCE", 1)
    with pytest.raises(ValueError, match=r"no Dask scheduler answers at 'tcp://127.0.0.1:9'"):
        list(each(square, [1, 2], cluster="tcp://127.0.0.1:9"))


def test_a_cluster_without_workers_is_said_so(tmp_path, monkeypatch):
    monkeypatch.setattr("geo.parallel.PATIENCE", 3)
    with (
        dask_cluster(tmp_path, workers=0) as address,
        pytest.raises(ValueError, match="has no worker"),
    ):
        list(each(square, [1, 2], cluster=address))
