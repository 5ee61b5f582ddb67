"""Files that strangers bring, brought to what GDAL may open: unpacked, limited, looked into.

A file is refused before any reader sees it when it is too large, packed too tightly, packed
twice, names a path outside, or is not what its ending says (GDAL would open whatever it is).
"""

from __future__ import annotations

import gzip
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO

from geo.model import DataError

LARGEST = 768 * 1024 * 1024  # bytes unpacked, of a file and of an archive; a year of VIINA has 600
MOST_FILES = 5_000  # in one archive
HEAD = 64  # bytes that tell what a file is
SHAPEFILE = (".shp", ".shx", ".dbf", ".prj", ".cpg")
PACKED_AREAS = (".zip", ".kmz", ".gz")  # read when they hold areas
PACKED = (".zip", ".kmz", ".gz", ".7z", ".rar", ".tar", ".bz2", ".xz")
# What a file of each ending begins with, after blank space; GeoParquet is judged by its reader.
BEGINS: dict[str, tuple[bytes, ...]] = {
    ".geojson": (b"{",),
    ".json": (b"{",),
    ".gpkg": (b"SQLite format 3\0",),
    ".shp": (b"\x00\x00\x27\x0a",),
    ".kml": (b"<?xml", b"<kml"),
    ".fgb": (b"fgb",),
    ".parquet": (b"PAR1",),
    ".csv": (b"geonameid,", b'"geonameid",', b"kod,", b'"kod",'),  # VIINA's; others are tables
}
IN_FOLDERS = (*(ending for ending in BEGINS if ending != ".csv"), *PACKED_AREAS)
ENDINGS = (*BEGINS, ".zip", ".kmz", "any of them with .gz")


def unpack(path: Path, folder: Path) -> Iterator[Path]:
    """Give the files that hold areas: the file itself, or what an archive holds.

    Parameters
    ----------
    path
        GeoJSON, GeoPackage, Shapefile (also zipped), KML, KMZ, FlatGeobuf, GeoParquet, each also
        gzipped; or an archive of them.
    folder
        A private, empty folder for what is unpacked.

    Raises
    ------
    DataError
        When the file must not be opened.
    """
    try:
        if path.stat().st_size > LARGEST:
            raise DataError(path.name, 0, "", f"is larger than {LARGEST // 2**20} MB")
        match path.suffix.lower():
            case ".gz":
                inner = folder / PurePosixPath(path.stem).name
                with gzip.open(path) as packed:
                    inner.write_bytes(_limited(packed, path.name))
                found = [inner]
            case ".zip" | ".kmz":
                found = list(_unzip(path, folder))
            case _:
                found = [path]
    except DataError:
        raise
    except Exception as error:  # what a damaged archive makes its reader stumble on has many names
        raise DataError(path.name, 0, "", f"cannot be read: {_plain(error)}") from None
    for file in found:
        look_into(file, path.name)
        yield file


def _limited(packed: IO[bytes] | gzip.GzipFile, name: str) -> bytes:
    content = packed.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise DataError(name, 0, "", f"unpacks to more than {LARGEST // 2**20} MB")
    return content


def _unzip(path: Path, folder: Path) -> Iterator[Path]:
    """Unpack the files of interest, each under its own number: no name of the archive is used."""
    with zipfile.ZipFile(path) as archive:
        members = [member for member in archive.infolist() if not member.is_dir()]
        if len(members) > MOST_FILES:
            raise DataError(path.name, 0, "", f"holds more than {MOST_FILES} files")
        # What the archive says of its sizes may be untrue, so the bytes are counted as well.
        if sum(member.file_size for member in members) > LARGEST:
            raise DataError(path.name, 0, "", f"unpacks to more than {LARGEST // 2**20} MB")
        left = LARGEST
        stems: dict[str, Path] = {}
        for member in members:
            name = _wanted(member.filename, path.name)
            if name is None:
                continue
            ending = name.suffix.lower()
            inside = stems.setdefault(str(name.with_suffix("")), folder / str(len(stems)))
            inside.mkdir(exist_ok=True)
            file = inside / f"{_slug(name.stem)}{ending}"
            with archive.open(member) as packed:
                content = _limited(packed, path.name)
            if ending == ".csv" and not content.startswith(BEGINS[ending]):
                continue
            if file.exists():
                raise DataError(path.name, 0, "", f"holds two files called {member.filename!r}")
            left -= len(content)
            if left < 0:
                raise DataError(path.name, 0, "", f"unpacks to more than {LARGEST // 2**20} MB")
            file.write_bytes(content)
            if ending in BEGINS:
                yield file


def _wanted(member: str, archive: str) -> PurePosixPath | None:
    """Give the name of a file that may hold areas; None for a read-me, a picture of a placemark."""
    name = PurePosixPath(member.replace("\\", "/"))
    if name.is_absolute() or ".." in name.parts or ":" in member:
        raise DataError(archive, 0, "", f"names a path outside: {member!r}")
    ending = name.suffix.lower()
    if ending in PACKED:
        raise DataError(archive, 0, "", f"holds another archive: {member!r}")
    return name if ending in BEGINS or ending in SHAPEFILE else None


def _slug(stem: str) -> str:
    return "".join(c if c.isalnum() or c in "-_." else "_" for c in stem)[:80] or "file"


def look_into(file: Path, name: str) -> None:
    """Refuse a file that is not what its ending says, or whose XML declares entities."""
    begins = BEGINS.get(file.suffix.lower())
    if begins is None:
        raise DataError(name, 0, "", f"is of no known format; allowed: {', '.join(ENDINGS)}")
    xml = file.suffix.lower() == ".kml"
    try:
        with file.open("rb") as opened:
            content = opened.read(-1 if xml else HEAD)
    except OSError as error:
        raise DataError(name, 0, "", f"cannot be read: {_plain(error)}") from None
    head = content[:HEAD].removeprefix(b"\xef\xbb\xbf")
    if not (head if begins[0][0] < 32 else head.lstrip()).startswith(begins):
        raise DataError(name, 0, "", f"is not what its ending {file.suffix} says")
    if xml and (b"<!DOCTYPE" in content or b"<!ENTITY" in content):
        raise DataError(name, 0, "", "declares XML entities, which are not read")


def _plain(error: Exception) -> str:
    return str(getattr(error, "strerror", None) or error or type(error).__name__)
