"""The imported series of control areas that a command names."""

from __future__ import annotations

import argparse
from pathlib import Path

from geo.areas import Series, list_series, load_series
from geo.commands.options import ended_by_faults, refuse
from geo.files.folders import areas_folder


def series_files(options: argparse.Namespace) -> dict[str, Path]:
    """Find the imported series of control areas, by id."""
    return {path.stem: path for path in list_series(areas_folder(options.data))}


def open_series(options: argparse.Namespace, series_id: str) -> Series:
    """Read an imported series; one that is unknown or broken ends the program."""
    there = series_files(options)
    if series_id not in there:
        refuse(f"unknown series {series_id!r}; there are: {', '.join(there) or 'none'}")
    with ended_by_faults():
        return load_series(there[series_id])
