"""A desk on PostgreSQL whose workers can add to the log and never change it (deploy/desk.sql)."""

import asyncio
from pathlib import Path
from time import monotonic
from uuid import uuid4

import pytest
import sqlalchemy as sa

from benchmarks.reader import Reader
from geo.__main__ import main
from geo.desk.acts import decide, propose
from geo.desk.desk import open_desk
from geo.desk.events import What
from geo.desk.evidence import keep
from geo.desk.proposals import State
from geo.desk.readings import Reading, keep_reading
from geo.desk.store import close_stores, latest
from geo.desk.verify import verify
from tests.awaited import awaited
from tests.browser.app import serve
from tests.postgres import new_database
from tests.programs import needs
from tests.some import draft
from tests.test_feeds import feeds_file, server  # noqa: F401

pytestmark = needs("postgresql")
GRANTS = Path(__file__).resolve().parent.parent / "deploy/desk.sql"


@pytest.fixture
def worker(postgres, tiny_folder):
    """Give the address of a store as a worker has it: its tables are another role's."""
    owner = new_database(postgres, f"desk{uuid4().hex}")
    open_desk(tiny_folder, owner)
    engine = sa.create_engine(owner, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        if not connection.scalar(sa.text("SELECT 1 FROM pg_roles WHERE rolname = 'frontline'")):
            connection.exec_driver_sql("CREATE ROLE frontline LOGIN")
        connection.exec_driver_sql(GRANTS.read_text(encoding="utf-8"))
    engine.dispose()
    close_stores()
    yield owner.replace("desk@", "frontline@")
    close_stores()


def test_a_worker_proposes_accepts_and_keeps_copies_and_can_change_nothing(worker, tiny_folder):
    desk = open_desk(tiny_folder, worker)
    assert propose(desk, [draft()], by="Anna") == [1]
    copy = keep(desk, "page.txt", b"It holds it.")
    keep_reading(desk, copy.sha256, Reading(None, {"kind": "holds"}), by="Anna")
    decide(desk, 1, What.ACCEPT, by="Boris")
    assert latest(desk.store).proposals[1].state is State.ACCEPTED
    for statement in (
        "UPDATE events SET payload = '{}'",
        "DELETE FROM events",
        "TRUNCATE events",
        "DELETE FROM copies",
        "DROP TABLE events",
    ):
        with (
            desk.store.engine.connect() as connection,
            pytest.raises(sa.exc.ProgrammingError, match=r"permission denied|must be owner"),
        ):
            connection.exec_driver_sql(statement)
    assert verify(desk) == []


def test_what_one_worker_accepts_another_hears(worker, tiny_folder, tmp_path):
    one = open_desk(tiny_folder, worker)
    other = open_desk(tiny_folder, f"{worker}?application_name=other")  # a store of its own
    assert one.store is not other.store
    propose(one, [draft()], by="Anna")
    decide(other, 1, What.ACCEPT, by="Boris")
    begin = monotonic()
    assert latest(one.store).proposals[1].state is State.ACCEPTED
    assert monotonic() - begin < 2


def test_a_worker_watches_feeds_and_keeps_what_they_answered_last(
    worker,
    tiny_folder,
    tmp_path,
    server,  # noqa: F811
    capsys,
):
    command = ["desk", "watch", str(feeds_file(tmp_path, server, "/rss"))]
    for new in (2, 0):
        assert main([*command, "--data", str(tiny_folder), "--desk", worker]) == 0
        assert f"/rss: {new} new articles" in capsys.readouterr().out
    assert server.asked == [("/rss", None), ("/rss", '"v1"')]


def test_a_worker_goes_on_when_the_server_has_dropped_its_connections(worker, tiny_folder):
    desk = open_desk(tiny_folder, worker)
    assert propose(desk, [draft("siversk-1")], by="Anna") == [1]
    owner = sa.create_engine(worker.replace("frontline@", "desk@"))
    with owner.connect() as connection:
        dropped = connection.scalars(
            sa.text(
                "SELECT pg_terminate_backend(pid, 60000) FROM pg_stat_activity WHERE usename = :name"
            ),
            {"name": "frontline"},
        )
        assert any(dropped)
    owner.dispose()
    assert len(latest(desk.store).proposals) == 1
    assert propose(desk, [draft("siversk-2")], by="Anna") == [2]


async def heard(reader, text):
    async with asyncio.timeout(60):
        while not (await reader.hear() and any(text in one for one in reader.texts())):
            pass


async def review(first, second):
    """Let two people review at one worker; gives how long a reader of the other waits to hear."""
    async with Reader(first) as boris, Reader(first) as clara, Reader(second) as reader:
        await reader.open("Ledger")
        for person, name in ((boris, "Boris"), (clara, "Clara")):
            await person.open("Desk")
            await person.change(**{"desk-name": name})
        assert boris.widget("desk-accept-1")
        assert clara.widget("desk-accept-2")  # one that nobody else has open
        await boris.change(**{"desk-reason-1": "to be looked up"})
        await clara.change(**{"desk-accept-2": True})
        begin = monotonic()
        await heard(reader, "2 January 2026")
        took = monotonic() - begin
        await boris.change(**{"desk-reason-1": "looked up"})
        assert boris.widget("desk-accept-1")  # it stays while others act
        return took


def test_two_served_workers_share_a_desk_and_their_readers_hear_of_each_other(worker, tiny_folder):
    propose(open_desk(tiny_folder, worker), [draft("siversk-1"), draft("siversk-2")], by="Anna")
    store = {"FRONTLINE_DESK": worker}
    with (
        serve(tiny_folder, settings=store) as first,
        serve(tiny_folder, settings=store) as second,
    ):
        took = awaited(review(first, second))
    assert took < 10  # seconds; 0.6 on a quiet machine
