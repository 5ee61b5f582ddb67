"""The store of a desk: SQLite beside the ledger, or PostgreSQL where several servers share one."""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from geo.desk import ADDRESS, FILE, DeskError
from geo.desk.events import Event, What, next_event, now
from geo.desk.proposals import Log, fold
from geo.desk.tables import STEPS, copies, events, schema
from geo.files.folders import kept_folder

LOCK = 0x66726F6E74  # of PostgreSQL's advisory locks; any number that nobody else takes
WAIT = 60_000  # milliseconds that a writer waits for its turn


@dataclass(frozen=True, eq=False)
class Store:
    """An open store. `log` is what was read of it; `latest` brings it up to date."""

    engine: sa.Engine
    log: Log = field(default_factory=Log)
    turn: threading.RLock = field(default_factory=threading.RLock)


_STORES: dict[tuple[str, int], Store] = {}  # by address, and by file where there is one
_OPENING = threading.Lock()


def store_url(folder: Path, desk: str | None) -> str:
    """Give the address of the store: what was asked for, of the environment, or the file beside."""
    desk = desk or os.environ.get(ADDRESS)
    if not desk:
        return f"sqlite:///{kept_folder(folder).resolve() / FILE}"
    if desk.startswith(("postgresql://", "postgres://")):
        return "postgresql+psycopg://" + desk.partition("://")[2]
    return desk if "://" in desk else f"sqlite:///{Path(desk).resolve()}"


def open_store(url: str) -> Store:
    """Open a store, made when it is not there; the same again for the same address.

    Raises
    ------
    DeskError
        When it is no address, does not answer, or is of a later version than this program knows.
    """
    file = url.partition("sqlite:///")[2]
    try:
        if file:
            Path(file).parent.mkdir(parents=True, exist_ok=True)
            if not Path(file).exists():
                Path(file).touch()
        key = (url, Path(file).stat().st_ino if file else 0)
    except OSError as error:
        raise DeskError(f"the desk's store cannot be opened: {error.strerror}") from None
    with _OPENING:  # another file in the same place is another store
        if key not in _STORES:
            _STORES[key] = _open_store(url)
        return _STORES[key]


def close_stores() -> None:
    """Close every connection; stores open again when they are asked for."""
    with _OPENING:
        for store in _STORES.values():
            store.engine.dispose()
        _STORES.clear()


def _open_store(url: str) -> Store:
    try:
        engine = sa.create_engine(
            url,
            isolation_level="AUTOCOMMIT",
            pool_size=20,
            pool_pre_ping=True,  # a server that was started again has forgotten its connections
        )
        if engine.dialect.name == "sqlite":
            sa.event.listen(engine, "connect", _set_up_sqlite)
        elif engine.dialect.name != "postgresql":
            raise DeskError(f"a desk is kept in SQLite or PostgreSQL, not in {engine.dialect.name}")
        store = Store(engine)
        with locked(store) as connection:
            _bring_up(connection)
    except sa.exc.NoSuchModuleError:
        raise DeskError("a desk is kept in SQLite or PostgreSQL") from None
    except (sa.exc.ArgumentError, ValueError):  # what these say may hold a part of a password
        told = "signs of a password such as @ and / are written %40 and %2F"
        raise DeskError(f"the address of the desk's store cannot be read: {told}") from None
    except (sa.exc.SQLAlchemyError, ImportError) as error:
        raise _unanswered(error) from None
    return store


def _set_up_sqlite(connection: Any, record: object) -> None:
    connection.execute(f"PRAGMA busy_timeout={WAIT}")
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")


def _bring_up(connection: sa.Connection) -> None:
    schema.create(connection, checkfirst=True)
    version = connection.scalar(sa.select(sa.func.max(schema.c.version))) or 0
    if version > len(STEPS):
        raise DeskError(f"the desk is of version {version}; this program knows {len(STEPS)}")
    for number, step in enumerate(STEPS[version:], start=version + 1):
        step(connection)
        connection.execute(schema.insert().values(version=number))


def _unanswered(error: Exception) -> DeskError:
    """Say what the store said, without its address: a password may stand in it."""
    said = str(getattr(error, "orig", None) or error).strip().partition("\n")[0]
    return DeskError(f"the desk's store does not answer: {said}")


@contextmanager
def locked(store: Store) -> Iterator[sa.Connection]:
    """Hold the store alone for one transaction; what was written counts when it ends well.

    Raises
    ------
    DeskError
        When the store does not answer.
    """
    begin = {
        "sqlite": ["BEGIN IMMEDIATE"],
        "postgresql": ["BEGIN", f"SELECT pg_advisory_xact_lock({LOCK})"],
    }[store.engine.dialect.name]
    try:
        with store.turn, store.engine.connect() as connection:
            for statement in begin:
                connection.exec_driver_sql(statement)
            try:
                yield connection
            except BaseException:
                connection.exec_driver_sql("ROLLBACK")
                raise
            connection.exec_driver_sql("COMMIT")
    except sa.exc.SQLAlchemyError as error:
        raise _unanswered(error) from None


def append(
    connection: sa.Connection, *, by: str, what: What, told: Sequence[tuple[int | None, object]]
) -> None:
    """Add events at the end, all of one person; the store must be `locked`.

    `told` has the number of the proposal, or None, and the payload of each.
    """
    found = connection.execute(sa.select(events).order_by(events.c.seq.desc()).limit(1)).first()
    last = Event(*found) if found else None
    at, made = now(), []
    for proposal, payload in told:
        last = next_event(last, at=at, by=by, what=what, proposal=proposal, payload=payload)
        made.append(last)
    insert_events(connection, made)


def insert_events(connection: sa.Connection, made: Sequence[Event]) -> None:
    """Put events that follow at the end; the store must be `locked`."""
    connection.execute(events.insert(), [vars(event) for event in made])


def next_number(connection: sa.Connection) -> int:
    """Give the number of the next proposal; the store must be `locked`."""
    return int(connection.scalar(sa.select(sa.func.max(events.c.proposal))) or 0) + 1


def read_events(connection: sa.Connection, *, after: int = 0) -> list[Event]:
    """Read the events after a number, in order."""
    asked = sa.select(events).where(events.c.seq > after).order_by(events.c.seq)
    return [Event(*row) for row in connection.execute(asked)]


def hash_at(connection: sa.Connection, seq: int) -> str | None:
    """Give the hash of an event."""
    return connection.scalar(sa.select(events.c.hash).where(events.c.seq == seq))


def caught_up(store: Store, connection: sa.Connection) -> Log:
    """Bring the log up to date over a connection; gives a copy that nobody else changes."""
    with store.turn:
        log = fold(store.log, read_events(connection, after=store.log.seq))
        return replace(log, proposals=dict(log.proposals), people=set(log.people))


def latest(store: Store) -> Log:
    """Bring the log up to date: reads only what is new.

    Raises
    ------
    DeskError
        When the store does not answer.
    """
    try:
        with store.turn, store.engine.connect() as connection:
            return caught_up(store, connection)
    except sa.exc.SQLAlchemyError as error:
        raise _unanswered(error) from None


def keep_copy(
    connection: sa.Connection, sha256: str, media: str, content: bytes, text: str
) -> None:
    """Keep a copy, once for each content; the store must be `locked`."""
    there = connection.scalar(sa.select(copies.c.sha256).where(copies.c.sha256 == sha256))
    if there is None:
        values = {"sha256": sha256, "media": media, "content": content, "text": text}
        connection.execute(copies.insert().values(values))


def has_copy_of(connection: sa.Connection, media: str) -> bool:
    """Tell whether a copy of this media type is kept."""
    asked = sa.select(copies.c.sha256).where(copies.c.media == media).limit(1)
    return connection.scalar(asked) is not None


def read_copy(connection: sa.Connection, sha256: str) -> tuple[str, bytes, str] | None:
    """Give media, content and text of a copy, or None."""
    found = connection.execute(sa.select(copies).where(copies.c.sha256 == sha256)).first()
    return None if found is None else (found.media, _bytes(found.content), found.text)


def _bytes(content: bytes | str) -> bytes:
    """SQLite gives back what was put in by other hands, text too."""
    return content.encode() if isinstance(content, str) else bytes(content)


def copy_faults(connection: sa.Connection, named: dict[str, str]) -> Iterator[str]:
    """Recompute the hash of every copy; gives a sentence for each that was changed or is missing.

    `named` has the copies that the log names, with the SHA-256 of their extracted text.
    """
    there = connection.scalars(sa.select(copies.c.sha256).order_by(copies.c.sha256)).all()
    for sha256 in there:
        # One at a time, for each may be large; none goes while the store is locked.
        _, content, text = read_copy(connection, sha256) or ("", b"", "")
        text_sha256 = sha256_of(text.encode())
        if sha256_of(content) != sha256:
            yield f"copy {sha256[:12]} was changed"
        elif text_sha256 != named.get(sha256, text_sha256):
            yield f"the text of copy {sha256[:12]} was changed"
    yield from (f"copy {name[:12]} is missing" for name in sorted(set(named) - set(there)))


def sha256_of(content: bytes) -> str:
    """Give the SHA-256 as hex digits."""
    return hashlib.sha256(content).hexdigest()
