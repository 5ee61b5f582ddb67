"""A table of the ledger's answers as HTML: links where its columns hold addresses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from markupsafe import Markup

from geo.page.template import fill, is_web

Cell = tuple[str, str, bool]  # text, address, whether it leads out of the site


def table_list(
    table: pd.DataFrame,
    *,
    caption: str,
    links: Mapping[str, str],
    pages: Sequence[str] = (),
    heading: str = "",
    empty: str = "",
) -> Markup:
    """Write a table.

    Parameters
    ----------
    table
        Words, numbers and addresses in columns named in words.
    caption
        What it is, for screen readers too.
    links
        Columns that hold addresses, and the word that stands for each address.
    pages
        Addresses of what the first column names, a row each.
    heading
        Over the table; none when empty.
    empty
        What stands in the place of a table without rows.
    """
    columns = [str(column) for column in table]
    rows = [
        [_cell(value, links.get(column)) for column, value in zip(columns, row, strict=True)]
        for row in table.itertuples(index=False, name=None)
    ]
    for cells, address in zip(rows, pages, strict=False):
        cells[0] = (cells[0][0], address, False)
    return fill(
        "table.html", heading=heading, caption=caption, columns=columns, rows=rows, empty=empty
    )


def _cell(value: Any, link: str | None) -> Cell:
    if pd.isna(value):
        return "", "", False
    if link is None:
        return str(value), "", False
    outside = is_web(value)
    return (link, str(value), outside) if outside or value.startswith(".") else ("", "", False)
