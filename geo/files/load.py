"""Files to Dataset, or every fault of every file at once. No other module opens our data files.

Every cell is read as text, checked (geo/files/checks.py), then converted: pandas never guesses.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow
from pyarrow import csv as arrow_csv

from geo.files.borders import BORDERS, area_ids, split_borders
from geo.files.checks import (
    COLUMNS,
    MAY_BE_LEFT_OUT,
    NUMBERS,
    Table,
    all_faults,
    day_of,
    quote,
)
from geo.files.join import join_tables
from geo.files.write import current_path
from geo.model import CRS, DataError, Dataset, Lang

Revise = Callable[[str, str], str]

LONGEST_CELL = 131_072  # characters; as csv's own limit, which other libraries may raise
LARGEST_FILE = 190 * 1024 * 1024  # bytes; ten times the largest ledger we know of


def load_dataset(folder: Path, revise: Revise | None = None) -> Dataset:
    """Read, check and join the ledger's files.

    Parameters
    ----------
    folder
        Holds settlements.csv, claimants.csv, claims.csv, area_claims.csv, borders.geojson.
    revise
        Gives the text to read instead, from a file's name and text: a desk adds what it accepted.

    Returns
    -------
    Claims joined to coordinates, in EPSG:4326.

    Raises
    ------
    ExceptionGroup
        Of `DataError`: every fault of all files.
    """
    problems: list[DataError] = []
    tables: dict[str, Table] = {}
    contents: list[bytes] = []
    for file in COLUMNS:
        try:
            content = read_text(folder, file)
            content = revise(file, content) if revise else content
            contents.append(content.encode())
            tables[file] = split_table(file, content, problems)
        except DataError as fault:
            problems.append(fault)
    borders = None
    try:
        borders = split_borders(read_text(folder, BORDERS))
    except DataError as fault:
        problems.append(fault)
    problems += all_faults(tables, None if borders is None else area_ids(borders))
    if problems or borders is None:
        raise ExceptionGroup(f"{len(problems)} faults in {folder.name}", problems)
    version = hashlib.sha256(b"\0".join(contents)).hexdigest()[:12]
    cells = {file: table.cells for file, table in tables.items()}
    return dataset_of(cells, borders, version=version)


def dataset_of(
    cells: Mapping[str, pd.DataFrame], borders: gpd.GeoDataFrame, *, version: str
) -> Dataset:
    """Convert checked cells and join them.

    Parameters
    ----------
    cells
        By file name, cells as text.
    borders, version
        As in `Dataset`.
    """
    settlements = cells["settlements.csv"].set_index("id")
    settlements = settlements.assign(
        **{column: pd.to_numeric(settlements[column]) for column in sorted(NUMBERS)}
    )
    return join_tables(
        gpd.GeoDataFrame(
            settlements,
            geometry=gpd.points_from_xy(settlements["lon"], settlements["lat"]),
            crs=CRS,
        ),
        cells["claimants.csv"].set_index("id"),
        _dated(cells["claims.csv"]),
        _dated(cells["area_claims.csv"]),
        borders,
        version=version,
    )


def read_text(folder: Path, file: str) -> str:
    """Read a file as text with LF line ends and without a byte order mark.

    Raises
    ------
    DataError
        When it is missing, too large, empty, or not UTF-8.
    """
    path = current_path(folder, file)
    try:
        size = path.stat().st_size
        if size > LARGEST_FILE:
            limit = LARGEST_FILE // 2**20
            raise DataError(
                file, 0, "", f"is {size // 2**20} MB large; at most {limit} MB are read"
            )
        content = path.read_bytes()
    except FileNotFoundError:
        if current_path(folder, file) != path:  # it has just moved to its place
            return read_text(folder, file)
        raise DataError(file, 0, "", f"is missing in the folder {folder.name!r}") from None
    except OSError as error:
        raise DataError(file, 0, "", f"cannot be read: {error.strerror}") from None
    if not content.strip():
        raise DataError(file, 0, "", "is empty")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = content.count(b"\n", 0, error.start) + 1
        byte = f"0x{content[error.start]:02x}"
        raise DataError(
            file, row, "", f"is not UTF-8 (byte {byte}); save it as UTF-8, not as Windows-1251"
        ) from None
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def whole_table(file: str, text: str) -> Table:
    """Split a file into cells, where every row must be whole.

    Raises
    ------
    DataError
        As `split_table`, and for the first row of a wrong length.
    """
    problems: list[DataError] = []
    table = split_table(file, text, problems)
    if problems:
        raise problems[0]
    return table


def split_table(file: str, text: str, problems: list[DataError]) -> Table:
    """Split a file into cells.

    Rows of a wrong length are left out and added to `problems`; blank lines at the end are none.

    Raises
    ------
    DataError
        When it is no table with these columns at all.
    """
    columns, optional = COLUMNS[file], MAY_BE_LEFT_OUT.get(file, ())
    if "\0" in text:
        row = text.count("\n", 0, text.index("\0")) + 1
        raise DataError(file, row, "", "holds a NUL byte; it is not a text file")
    try:
        header = next(csv.reader([text.split("\n", 1)[0]]), [])
    except csv.Error:  # a cell above csv.field_size_limit()
        header = []
    if optional and header == [column for column in columns if column not in optional]:
        columns = tuple(header)
    if header != list(columns):
        raise DataError(file, 1, "", _about_header(header, columns))
    body = text.rstrip("\n")
    lines = np.arange(2, 2 + body.count("\n"))
    if "\n\n" not in body:  # pyarrow would make a row of a blank line
        with suppress(pyarrow.ArrowInvalid):  # a row of another length
            cells = arrow_csv.read_csv(
                io.BytesIO(body.encode()),
                convert_options=arrow_csv.ConvertOptions(
                    column_types=dict.fromkeys(columns, pyarrow.string()),
                    strings_can_be_null=False,
                ),
            ).to_pandas()
            if len(cells) == len(lines):  # else there are line breaks in cells
                return Table(file, _with_blanks(cells, file), lines)
    table = split_rows(file, columns, body, problems)
    return Table(file, _with_blanks(table.cells, file), table.lines)


def _with_blanks(cells: pd.DataFrame, file: str) -> pd.DataFrame:
    """Give a table the columns that its file may leave out."""
    return cells.reindex(columns=list(COLUMNS[file]), fill_value="")


def split_rows(file: str, columns: tuple[str, ...], text: str, problems: list[DataError]) -> Table:
    """Split a file with these columns row by row: slower, and it names the rows that are not whole.

    Raises
    ------
    DataError
        When a cell is so long that what follows cannot be told apart.
    """
    reader = csv.reader(io.StringIO(text, newline=""))
    rows, lines = [], []
    next(reader)
    before = reader.line_num
    try:
        for row in reader:
            line = before + 1
            if max(map(len, row), default=0) > LONGEST_CELL:
                raise csv.Error
            before = reader.line_num
            if len(row) == len(columns):
                rows.append(row)
                lines.append(line)
                continue
            found = f"has {len(row)} cells" if row else "is blank"
            hint = "; is a closing quote missing?" if before > line else ""
            expected = f"expected {len(columns)} cells"
            problems.append(DataError(file, line, "", f"{found}; {expected}{hint}"))
    except csv.Error:  # csv has a limit of its own
        problem = "holds a cell that is far too long; is a closing quote missing?"
        raise DataError(file, before + 1, "", problem) from None
    cells = pd.DataFrame(rows, columns=list(columns), dtype=str)
    return Table(file, cells, np.array(lines, dtype=np.int64))


def _about_header(header: list[str], columns: tuple[str, ...]) -> str:
    if len(header) == 1 and header[0].count(";") >= len(columns) - 1:
        return "columns are separated by semicolons; save it with commas"
    missing = [name for name in columns if name not in header]
    extra = [name for name in header if name not in columns]
    if not missing and not extra:
        return f"columns are repeated or in another order; expected {', '.join(columns)}"
    parts = [f"missing columns: {', '.join(missing)}"] if missing else []
    parts += [f"extra columns: {', '.join(map(quote, extra))}"] if extra else []
    return f"{'; '.join(parts)}; expected {', '.join(columns)}"


def _dated(cells: pd.DataFrame) -> pd.DataFrame:
    dates = {column: day_of(cells[column]) for column in ("stated_on", "effective_on")}
    return cells.assign(**dates).set_index("claim_id")


def read_codebook(folder: Path, lang: Lang = Lang.EN) -> str:
    """Read the codebook of a data folder as Markdown: in a language, else in English, else none.

    What is not UTF-8 becomes a mark, for nothing in the ledger rests on it.
    """
    paths = [folder / f"README.{lang}.md", folder / "README.md"]
    found = (path.read_bytes() for path in paths if path.is_file())
    return next(found, b"").decode("utf-8-sig", errors="replace")


def read_release(folder: Path) -> dict[str, bytes]:
    """Read the files that make up the published ledger, as they are; name to content."""
    names = [*COLUMNS, BORDERS, "corrections.csv", "history.jsonl", "datapackage.json"]
    names += ["README.md", *(f"README.{lang}.md" for lang in Lang if lang is not Lang.EN)]
    return {
        name: path.read_bytes() for name in names if (path := current_path(folder, name)).is_file()
    }
