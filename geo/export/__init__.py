"""Snapshots and ledgers as files: one function a format, each giving bytes."""

from geo.export.formats import EXPORTS, WHOLE_LEDGER, Export, as_file, export_name
from geo.export.tables import LEDGER_COLUMNS, STANDING_COLUMNS
from geo.export.text import (
    area_records,
    csv_of,
    ledger_csv,
    ledger_geojson,
    standing_csv,
    standing_geojson,
    standing_records,
)

__all__ = [
    "EXPORTS",
    "LEDGER_COLUMNS",
    "STANDING_COLUMNS",
    "WHOLE_LEDGER",
    "Export",
    "area_records",
    "as_file",
    "csv_of",
    "export_name",
    "ledger_csv",
    "ledger_geojson",
    "standing_csv",
    "standing_geojson",
    "standing_records",
]
