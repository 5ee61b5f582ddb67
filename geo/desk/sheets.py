"""Sheets of statements, in other people's columns and forms of dates, to drafts."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from pathlib import PurePath

from geo.desk.desk import Draft
from geo.desk.proposals import Action, Change
from geo.files.checks import COLUMNS
from geo.files.load import LONGEST_CELL
from geo.model import DataError

LARGEST = 20 * 2**20  # bytes of a sheet
UNPACKED = 100 * 2**20  # bytes of a workbook, unpacked
MOST = 10_000  # rows
DAYS = ("stated_on", "effective_on")
FIELDS = ("place_id", *dict.fromkeys((*COLUMNS["claims.csv"], *COLUMNS["area_claims.csv"])))
# Forms of dates by their look; a sheet whose days all fit two of the last is asked about.
FORMS = {
    "YYYY-MM-DD": r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})(?:[T ][\d:.]+Z?)?",
    "YYYY/MM/DD": r"(?P<y>\d{4})/(?P<m>\d{1,2})/(?P<d>\d{1,2})",
    "DD.MM.YYYY": r"(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>\d{4})",
    "DD/MM/YYYY": r"(?P<d>\d{1,2})/(?P<m>\d{1,2})/(?P<y>\d{4})",
    "MM/DD/YYYY": r"(?P<m>\d{1,2})/(?P<d>\d{1,2})/(?P<y>\d{4})",
}


@dataclass(frozen=True)
class Sheet:
    """A sheet as it was read: cells as text by its own headers, with the row of each record."""

    file: str
    headers: tuple[str, ...]
    rows: tuple[dict[str, str], ...]
    lines: tuple[int, ...]


def read_sheet(name: str, content: bytes) -> Sheet:
    """Read CSV, a workbook's first sheet (.xlsx) or a JSON list of objects.

    Parameters
    ----------
    name
        Of the file: its ending says what it is; faults are named by it.
    content
        Of the file.

    Raises
    ------
    DataError
        When it cannot be read, or is too large.
    """
    file = PurePath(name).name
    ending = PurePath(name).suffix.lower()
    readers = {".csv": _read_csv, ".xlsx": _read_workbook, ".json": _read_json}
    if ending not in readers:
        raise DataError(file, 0, "", f"ends in {ending!r}; allowed: {', '.join(readers)}")
    if len(content) > LARGEST:
        raise DataError(file, 0, "", f"is larger than {LARGEST // 2**20} MB")
    records = readers[ending](file, content)
    if not records:
        raise DataError(file, 0, "", "holds no row")
    if len(records) > MOST:
        raise DataError(file, 0, "", f"holds {len(records)} rows; at most {MOST} are taken")
    headers = tuple(dict.fromkeys(header for _, record in records for header in record))
    lines, rows = zip(*records, strict=True)
    return Sheet(file, headers, rows, lines)


def _read_csv(file: str, content: bytes) -> list[tuple[int, dict[str, str]]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise DataError(file, 0, "", "is not UTF-8; save it as UTF-8") from None
    if "\0" in text:
        row = text.count("\n", 0, text.index("\0")) + 1
        raise DataError(file, row, "", "holds a NUL byte; it is not a text file")
    first = text.partition("\n")[0]
    separator = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    records, header, line = [], list[str](), 1
    try:
        for cells in reader:
            if any(len(cell) > LONGEST_CELL for cell in cells):
                raise csv.Error(f"a cell is longer than {LONGEST_CELL} characters")
            if not header:
                header = _headers(file, cells)
            elif any(cells):
                if len(cells) != len(header):
                    problem = f"has {len(cells)} cells; expected {len(header)} cells"
                    raise DataError(file, line, "", problem)
                records.append((line, _named(file, line, header, cells)))
            line = reader.line_num + 1
    except csv.Error as error:
        raise DataError(file, line, "", f"cannot be read: {error}") from None
    return records


def _read_workbook(file: str, content: bytes) -> list[tuple[int, dict[str, str]]]:
    from openpyxl import load_workbook  # only who brings a workbook waits for it

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            size = sum(entry.file_size for entry in packed.infolist())
        if size > UNPACKED:
            raise DataError(file, 0, "", f"unpacks to more than {UNPACKED // 2**20} MB")
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # a workbook may say that it has a million rows
        found = []
        for row in sheet.iter_rows(values_only=True):
            found.append([_as_text(cell) for cell in row])
            if len(found) > MOST + 1:
                break
    except DataError:
        raise
    except Exception as error:  # a broken workbook breaks in many ways, deep in its parser
        raise DataError(file, 0, "", f"is not a workbook: {type(error).__name__}") from None
    header = _headers(file, found[0]) if found else []
    return [
        (line, _named(file, line, header, cells))
        for line, cells in enumerate(found[1:], start=2)
        if any(cells)
    ]


def _named(file: str, line: int, header: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    """Put the cells of a row under their headers; one that has none would be lost."""
    pairs = list(zip_longest(header, cells, fillvalue=""))
    if lost := [cell for name, cell in pairs if cell and not name]:
        raise DataError(file, line, "", f"holds {lost[0]!r} in a column without a header")
    return {name: cell for name, cell in pairs if name}


def _headers(file: str, cells: Sequence[str]) -> list[str]:
    """Read the first row; a header that stands twice would hide one of its columns."""
    headers = [cell.strip() for cell in cells]
    if repeated := [name for name, times in Counter(headers).items() if name and times > 1]:
        raise DataError(file, 1, "", f"columns are repeated: {', '.join(map(repr, repeated))}")
    return headers


def _read_json(file: str, content: bytes) -> list[tuple[int, dict[str, str]]]:
    try:
        records = json.loads(content)
    except (ValueError, RecursionError):
        raise DataError(file, 0, "", "is not JSON") from None
    if not isinstance(records, list) or not all(isinstance(row, dict) for row in records):
        raise DataError(file, 0, "", "is not a list of objects, one a statement")
    return [
        (number, {str(key): _as_text(cell) for key, cell in row.items()})
        for number, row in enumerate(records, start=1)
    ]


def _as_text(cell: object) -> str:
    """Write a cell as the CSV would have it; a whole number without a point."""
    match cell:
        case None:
            return ""
        case date():  # a moment too, of which the day is kept
            return cell.isoformat()[:10]
        case float() if cell.is_integer():
            return str(int(cell))
        case _:
            return str(cell)


def forms_of_days(sheet: Sheet, mapping: Mapping[str, str]) -> list[str]:
    """Find the forms of dates that most days of a sheet fit; several where it cannot be told."""
    headers = [header for header in sheet.headers if mapping.get(header, header) in DAYS]
    days = [row[header].strip() for row in sheet.rows for header in headers if row.get(header)]
    fitting = {form: sum(_day(day, form) is not None for day in days) for form in FORMS}
    most = max(fitting.values())
    return [form for form in FORMS if fitting[form] == most and 2 * most > len(days)]


def _day(text: str, form: str) -> str | None:
    found = re.fullmatch(FORMS[form], text.strip())
    try:
        return date(*(int(found[part]) for part in "ymd")).isoformat() if found else None
    except ValueError:
        return None


def drafts_of(
    sheet: Sheet,
    *,
    mapping: Mapping[str, str],
    places: Sequence[str],
    form: str | None = None,
    needs: Sequence[Change] = (),
) -> list[Draft]:
    """Make drafts of new statements of a sheet, one a row.

    Parameters
    ----------
    sheet
        As it was read.
    mapping
        Header to column of claims.csv or area_claims.csv; `place_id` stands for either's place.
    places
        Ids of settlements; any other place is taken for an area.
    form
        Of its dates, one of FORMS; found by their look when left out.
    needs
        New places and claimants: each row takes those that it names.

    Raises
    ------
    ExceptionGroup
        Of `DataError`: columns that are missing, unknown or mapped to one field, and dates that
        two forms fit.
    """
    faults = _header_faults(sheet, mapping)
    forms = forms_of_days(sheet, mapping)
    if form is None and len(forms) > 1:
        told = " or ".join(forms)
        faults.append(DataError(sheet.file, 1, "stated_on", f"days may be {told}; say which"))
    if faults:
        raise ExceptionGroup(f"{len(faults)} faults", faults)
    chosen = form or (forms[0] if forms else None)
    known = {*places, *(need.key for need in needs if need.file == "settlements.csv")}
    return [
        _draft(sheet.file, line, row, mapping=mapping, places=known, form=chosen, needs=needs)
        for line, row in zip(sheet.lines, sheet.rows, strict=True)
    ]


def _header_faults(sheet: Sheet, mapping: Mapping[str, str]) -> list[DataError]:
    fields = [mapping.get(header, header) for header in sheet.headers]
    told = ", ".join(FIELDS)
    pairs = zip(sheet.headers, fields, strict=True)
    unknown = [header for header, field in pairs if field and field not in FIELDS]
    faults = []
    if unknown:
        problem = f"extra columns: {', '.join(map(repr, unknown))}; map them to one of {told}"
        faults.append(DataError(sheet.file, 1, "", problem))
    if strangers := sorted(set(mapping) - set(sheet.headers)):
        faults.append(DataError(sheet.file, 1, "", f"has no columns {', '.join(strangers)}"))
    for field, times in Counter(filter(None, fields)).items():
        if times > 1:
            of = [header for header, own in zip(sheet.headers, fields, strict=True) if own == field]
            problem = f"several columns are mapped to it: {', '.join(map(repr, of))}"
            faults.append(DataError(sheet.file, 1, field, problem))
    place = {"place_id", "settlement_id", "area_id"} & set(fields)
    needed = set(COLUMNS["claims.csv"]) - {"claim_id", "settlement_id", "effective_on", "title"}
    if missing := sorted(needed - set(fields)) + ([] if place else ["settlement_id"]):
        faults.append(DataError(sheet.file, 1, "", f"missing columns: {', '.join(missing)}"))
    return faults


def _draft(
    file: str,
    line: int,
    row: Mapping[str, str],
    *,
    mapping: Mapping[str, str],
    places: set[str],
    form: str | None,
    needs: Sequence[Change],
) -> Draft:
    cells = {mapping.get(header, header): cell.strip() for header, cell in row.items()}
    days = {column: _day(cells.get(column, ""), form) if form else None for column in DAYS}
    cells |= {column: day for column, day in days.items() if day}
    place = next((cells[c] for c in ("place_id", "settlement_id", "area_id") if cells.get(c)), "")
    area = place and place not in places and not cells.get("settlement_id")
    kind = "area_claims.csv" if area else "claims.csv"
    columns = COLUMNS[kind]
    cells[columns[1]] = place
    if not cells.get("claim_id"):
        # What is no day is said of the day alone.
        cells["claim_id"] = claim_id_of(cells | {"stated_on": days["stated_on"] or ""}, place)
    used = {place, cells.get("claimant_id")}
    return Draft(
        Change(Action.ADD, kind, {column: cells.get(column, "") for column in columns}),
        needs=tuple(need for need in needs if need.key in used),
        file=file,
        row=line,
    )


def claim_id_of(cells: Mapping[str, str], place: str) -> str:
    """Make the id of a statement: place, day, claimant."""
    return "-".join(filter(None, (place, cells.get("stated_on"), cells.get("claimant_id"))))
