"""Files are written whole, or not at all: one of them, or several at once."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

STAGED = ".staged"  # holds complete new files that are not yet in their place
STAGING = ".staging-"  # begins the name of a folder that is still being written


def write_file(path: Path, content: bytes) -> None:
    """Write a file whole: to a temporary file beside it, then renamed.

    Raises
    ------
    OSError
        When the folder is missing or cannot be written to; nothing is left behind.
    """
    handle, part = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(part).chmod(0o644)
        Path(part).replace(path)
    except BaseException:
        Path(part).unlink(missing_ok=True)
        raise


def write_files(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Write several files of a folder at once: whoever reads by `current_path` sees all or none.

    They are written beside it, and one rename of their folder makes them count; then each moves to
    its place. A crash before the rename leaves the old files, one after it the new ones, which
    `finish_files` brings to their place.

    Raises
    ------
    OSError
        When the folder is missing or cannot be written to; nothing is left behind.
    """
    finish_files(folder)
    part = Path(tempfile.mkdtemp(dir=folder, prefix=STAGING))
    try:
        for name, content in contents.items():
            with (part / name).open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            (part / name).chmod(0o644)
        part.chmod(0o755)
        part.rename(folder / STAGED)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise
    finish_files(folder)


def finish_files(folder: Path) -> None:
    """Finish a `write_files` that was interrupted; drop what one left that had not got far."""
    for left in folder.glob(f"{STAGING}*"):
        shutil.rmtree(left, ignore_errors=True)
    staged = folder / STAGED
    if staged.is_dir():
        for path in staged.iterdir():
            path.replace(folder / path.name)
        staged.rmdir()
        with suppress(OSError):  # not every system lets a folder be synced
            handle = os.open(folder, os.O_RDONLY)
            os.fsync(handle)
            os.close(handle)


def current_path(folder: Path, file: str) -> Path:
    """Give where the newest whole state of a file is: in its place, or staged on its way there."""
    staged = folder / STAGED / file
    return staged if staged.exists() else folder / file


def file_state(folder: Path, file: str) -> tuple[int, ...]:
    """Tell one state of a file from the next; empty when it is missing."""
    try:
        stat = current_path(folder, file).stat()
    except OSError:
        return ()
    return stat.st_mtime_ns, stat.st_size, stat.st_ino
