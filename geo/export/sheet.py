"""XLSX (ECMA-376): statements, places and what the file is, for a spreadsheet."""

from __future__ import annotations

import io
from datetime import datetime, time
from typing import Any

import pandas as pd
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from geo.export.tables import FORMULA_BEGINS, about, place_table, statement_table
from geo.model import WEB_BEGINS, Dataset, Snapshot

MOST_LINKS = 65_530  # in one sheet; Excel repairs a file with more, so more stay plain text
LONGEST_LINK, LONGEST_CELL = 2_079, 32_767  # characters that Excel takes
WIDTHS = {"summary": 60, "title": 40, "url": 40, "claimant": 32, "name": 18, "claim_id": 30}
USUAL_WIDTH = 13


def standing_xlsx(snapshot: Snapshot) -> bytes:
    """Write one day: a sheet of its standing statements, one of the places, one on the file."""
    sheets = {
        "Statements": statement_table(snapshot.dataset, snapshot),
        "Places": place_table(snapshot),
    }
    return _workbook(sheets, snapshot.dataset, about(snapshot.dataset, snapshot))


def ledger_xlsx(dataset: Dataset) -> bytes:
    """Write the whole ledger: a sheet of all statements, and one on the file."""
    return _workbook({"Statements": statement_table(dataset)}, dataset, about(dataset))


def _workbook(sheets: dict[str, pd.DataFrame], dataset: Dataset, answers: dict[str, str]) -> bytes:
    buffer = io.BytesIO()
    # Row by row through temporary files: the memory does not grow with the ledger.
    book = xlsxwriter.Workbook(
        buffer, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    # The day of the newest statement, not of the writing: the same ledger gives the same bytes.
    written = datetime.combine(dataset.last_day, time())
    book.set_properties(
        {
            "title": "Frontline Claims",
            "comments": "; ".join(f"{key}: {value}" for key, value in answers.items()),
            "created": written,
        }
    )
    head = book.add_format({"bold": True, "bottom": 1})
    # Excel would take such a text for a formula once a reader edits its cell; the mark prevents it.
    quoted = book.add_format({"quote_prefix": True})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    link = book.get_default_url_format()
    for name, table in sheets.items():
        constant = [column for column in answers if column in table]
        plain = pd.DataFrame(table.drop(columns=["geometry", *constant]))
        _fill(book.add_worksheet(name), plain, head=head, quoted=quoted, day=day, link=link)
    rows = pd.DataFrame({"what": list(answers), "value": list(answers.values())})
    _fill(book.add_worksheet("About"), rows, head=head, quoted=quoted, day=day, link=link)
    book.close()
    return buffer.getvalue()


def _fill(
    sheet: Worksheet,
    table: pd.DataFrame,
    *,
    head: Format,
    quoted: Format,
    day: Format,
    link: Format | None,
) -> None:
    sheet.freeze_panes(1, 0)
    if len(table):
        sheet.autofilter(0, 0, len(table), len(table.columns) - 1)
    for at, name in enumerate(table):
        sheet.set_column(at, at, WIDTHS.get(str(name), USUAL_WIDTH))
        sheet.write_string(0, at, str(name), head)
    links = [at for at, name in enumerate(table) if str(name).endswith("url")]
    linked = set(links) if len(table) * len(links) <= MOST_LINKS else set()
    days = {at for at, kind in enumerate(table.dtypes) if kind.kind == "M"}
    cells: list[list[Any]] = [
        values.astype(object).where(values.notna(), None).tolist() for _, values in table.items()
    ]
    for number, row in enumerate(zip(*cells, strict=True), start=1):
        for at, cell in enumerate(row):
            if cell is None:
                continue
            if at in days:
                sheet.write_datetime(number, at, cell, day)
            elif isinstance(cell, bool):
                sheet.write_boolean(number, at, cell)
            elif not isinstance(cell, str):
                sheet.write_number(number, at, cell)
            elif at in linked and len(cell) <= LONGEST_LINK and cell.startswith(WEB_BEGINS):
                sheet.write_url(number, at, cell, link, string=cell)
            else:
                runs = quoted if cell.startswith(FORMULA_BEGINS) else None
                whole = len(cell) <= LONGEST_CELL
                text = cell if whole else f"{cell[: LONGEST_CELL - 1]}…"
                sheet.write_string(number, at, text, runs)
