"""The tables of a desk's store, and the steps by which an older store is brought up to them.

They only grow, but for what a feed answered last. A list of steps needs no second program, such as
Alembic, for as long as the log lives.
"""

from __future__ import annotations

from collections.abc import Callable

import sqlalchemy as sa

metadata = sa.MetaData()
events = sa.Table(
    "events",
    metadata,
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("at", sa.Text, nullable=False),
    sa.Column("by", sa.Text, nullable=False),
    sa.Column("what", sa.Text, nullable=False),
    sa.Column("proposal", sa.Integer, index=True),
    sa.Column("payload", sa.Text, nullable=False),
    sa.Column("before", sa.Text, nullable=False, unique=True),
    sa.Column("hash", sa.Text, nullable=False, unique=True),
)
copies = sa.Table(
    "copies",
    metadata,
    sa.Column("sha256", sa.Text, primary_key=True),
    sa.Column("media", sa.Text, nullable=False),  # such as text/html
    sa.Column("content", sa.LargeBinary, nullable=False),
    sa.Column("text", sa.Text, nullable=False),  # as it was extracted; quotes count in it
)
readings = sa.Table(  # what the program found in texts, and what people made of it
    "readings",
    metadata,
    sa.Column("seq", sa.Integer, primary_key=True),
    sa.Column("at", sa.Text, nullable=False),
    sa.Column("by", sa.Text, nullable=False),
    sa.Column("sha256", sa.Text, nullable=False),
    sa.Column("found", sa.Text, nullable=False),  # JSON; null: the program missed it
    sa.Column("made", sa.Text, nullable=False),  # JSON; null: thrown away
)
feeds = sa.Table(  # what a feed answered last, so that it is asked for news alone
    "feeds",
    metadata,
    sa.Column("url", sa.Text, primary_key=True),
    sa.Column("etag", sa.Text, nullable=False),
    sa.Column("modified", sa.Text, nullable=False),
)
articles = sa.Table(  # of feeds, each read once
    "articles",
    metadata,
    sa.Column("url", sa.Text, primary_key=True),
    sa.Column("at", sa.Text, nullable=False),
)
schema = sa.Table("schema", metadata, sa.Column("version", sa.Integer, primary_key=True))


def _readings(connection: sa.Connection) -> None:
    readings.create(connection, checkfirst=True)


def _feeds(connection: sa.Connection) -> None:
    feeds.create(connection, checkfirst=True)
    articles.create(connection, checkfirst=True)


# To version 1, 2, …
STEPS: tuple[Callable[[sa.Connection], None], ...] = (metadata.create_all, _readings, _feeds)
