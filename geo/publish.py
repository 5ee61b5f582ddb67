"""The ledger and the imported series, read once; the browser's files where they are served."""

from __future__ import annotations

import gc
import hashlib
import os
import threading
from contextlib import suppress
from datetime import date
from functools import lru_cache
from pathlib import Path
from time import time
from typing import Any

import geopandas as gpd
import pandas as pd

from geo.areas import (
    Series,
    as_of,
    difference,
    encode_series,
    list_series,
    load_series,
    observed_on,
    series_name,
)
from geo.desk import FILE, DeskError, accepted_until, open_corrections, open_ledger
from geo.files.folders import DATA, app_folder
from geo.files.folders import areas_folder as areas_of
from geo.files.load import read_codebook
from geo.files.write import write_file
from geo.model import DataError, Dataset
from geo.timelayer import browser_files, dump
from geo.wording import spoken

SERVED = "../../app/static/"  # seen from the map's frame
KEEP = 24 * 3600  # seconds that files of an earlier ledger stay
_reading = threading.Lock()
_read: dict[Path, Dataset] = {}  # what was read last of a folder


def data_folder() -> Path:
    """Give the folder of the ledger: the published one, or FRONTLINE_DATA of the environment."""
    return Path(os.environ.get("FRONTLINE_DATA") or DATA)


def areas_folder() -> Path:
    """Give the folder of imported series."""
    return areas_of(data_folder())


def static_folder() -> Path:
    """Give the folder that Streamlit serves; it is filled here, not kept in git."""
    folder = app_folder() / "static"
    folder.mkdir(exist_ok=True)
    return folder


def open_dataset() -> Dataset:
    """Read and check the ledger; once, until a file of it changes.

    What the desk has accepted is in it, as soon as it is accepted.

    Raises
    ------
    ExceptionGroup
        Of `DataError`: every fault; of `DeskError` where the desk does not answer.
    """
    folder = data_folder()
    try:
        state = (*_fingerprint(folder), accepted_until(folder))
        with _reading:  # who comes while it is read waits for that
            found = _read[folder] = _open_dataset(folder, state)
    except DeskError as error:
        raise ExceptionGroup("the desk does not answer", [error]) from None
    return found


def last_dataset() -> Dataset:
    """Give the ledger as it was last read, at once; a server looks twice a second for another.

    Raises
    ------
    ExceptionGroup
        As `open_dataset`, where nothing was read yet.
    """
    return _read.get(data_folder()) or open_dataset()


def _fingerprint(folder: Path) -> tuple[tuple[str, int, int], ...]:
    """Tell one state of the data folder from the next, so that an edit shows on reload."""
    with suppress(OSError):
        files = [(path.name, path.stat()) for path in sorted(folder.iterdir())]
        files = [(name, stat) for name, stat in files if not name.startswith(FILE)]
        return tuple((name, stat.st_mtime_ns, stat.st_size) for name, stat in files)
    return ()


@lru_cache(maxsize=2)
def _open_dataset(folder: Path, fingerprint: tuple[Any, ...]) -> Dataset:
    return open_ledger(folder)


@lru_cache(maxsize=2)
def publish(dataset: Dataset) -> list[str]:
    """Write the browser's files where Streamlit serves them; drop those of an earlier ledger."""
    files = browser_files(dataset)
    static = static_folder()
    used = {*files, *(_areas_file(dataset, path) for path in series_files().values())}
    for old in static.glob("*-*.*"):  # pages that are still open have long read theirs
        with suppress(FileNotFoundError):  # another server of this folder was quicker
            if old.name not in used and time() - old.stat().st_mtime > KEEP:
                old.unlink()
    for name, content in files.items():
        if not (static / name).exists():
            write_file(static / name, content)
    return list(files)


def freeze_heap() -> None:
    """Keep what is loaded by now out of the garbage collector's way.

    Streamlit has it walk the whole heap after every run of a page; that of the libraries, which
    stay for good, made it four fifths of the time of a click. Another edition of the ledger is a
    thousand objects more, which is nothing to walk.
    """
    gc.collect()
    gc.freeze()


def corrections() -> pd.DataFrame:
    """Give what was corrected in the ledger, the newest first; raises as `open_corrections`."""
    return open_corrections(data_folder()).iloc[::-1]


def codebook() -> str:
    """Give the codebook of the ledger as Markdown, without its title, in the language spoken."""
    return read_codebook(data_folder(), spoken()).partition("\n")[2]


def series_files() -> dict[str, Path]:
    """Find the series of control areas that were imported, by id."""
    return {path.stem: path for path in list_series(areas_folder())}


def publish_series(dataset: Dataset, path: Path) -> dict[str, str]:
    """Encode a series for the browser, once for each content of its file and the gazetteer."""
    return _encode_series(dataset, path, path.stat().st_mtime_ns)


@lru_cache(maxsize=32)
def _encode_series(dataset: Dataset, path: Path, changed: int) -> dict[str, str]:
    file = _areas_file(dataset, path)
    served = static_folder() / file
    if not served.exists():
        write_file(served, dump(encode_series(open_series(path), dataset.settlements)))
    return {"name": series_name(dataset, open_series(path)), "file": file}


def _areas_file(dataset: Dataset, path: Path) -> str:
    """Name what the browser gets of a series, after its content and the ledger."""
    content = path.read_bytes() + dataset.version.encode()
    return f"areas-{hashlib.sha256(content).hexdigest()[:16]}.json"


def series_names(dataset: Dataset) -> dict[str, str]:
    """Give what each imported series is called on screen; a broken one by its id."""
    names = {}
    for key, path in series_files().items():
        names[key] = key
        with suppress(DataError):
            names[key] = series_name(dataset, open_series(path))
    return names


def series_of(series_id: str) -> Series:
    """Read an imported series by its id; see `open_series`."""
    return open_series(series_files()[series_id])


def open_series(path: Path) -> Series:
    """Read a series; once, until its file changes."""
    return _open_series(path, path.stat().st_mtime_ns)


def compare_series(first: str, second: str, day: date) -> gpd.GeoDataFrame | None:
    """Cut two series' areas on a day, once for each pair of observations; None before either's."""
    files = series_files()
    states = [
        (path, path.stat().st_mtime_ns, observed_on(open_series(path), day))
        for path in (files[first], files[second])
    ]
    return None if any(seen is None for *_, seen in states) else _compare(*states)


@lru_cache(maxsize=32)
def _compare(first: tuple[Any, ...], second: tuple[Any, ...]) -> gpd.GeoDataFrame:
    return difference(*(as_of(open_series(path), seen.date()) for path, _, seen in (first, second)))


@lru_cache(maxsize=8)
def _open_series(path: Path, changed: int) -> Series:
    return load_series(path)
