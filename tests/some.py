"""A data folder with a few places of the published ledger: real statements, quick to bake."""

import csv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PLACES = ("siversk", "yampil", "sudzha")


def cut_ledger(folder, places=PLACES, oblasts=None):
    """Write the published ledger's files with the statements on these places, and on oblasts.

    `oblasts` has the ids of those to keep; all when left out.
    """
    folder.mkdir(parents=True)
    for path in (ROOT / "data").iterdir():
        if path.suffix in {".md", ".json", ".geojson", ".csv"}:
            (folder / path.name).write_bytes(path.read_bytes())
    keep = {
        "settlements.csv": lambda row: row["id"] in places,
        "claims.csv": lambda row: row["settlement_id"] in places,
        "area_claims.csv": lambda row: oblasts is None or row["area_id"] in oblasts,
    }
    spoken = set()
    for name, wanted in keep.items():
        spoken |= {row.get("claimant_id") for row in cut_file(folder / name, wanted)}
    cut_file(folder / "claimants.csv", lambda row: row["id"] in spoken)
    return folder


def cut_file(path, wanted):
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        rows = [row for row in reader if wanted(row)]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, reader.fieldnames, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return rows
