"""Write a synthetic data folder of any size for benchmarks: realistic in shape, true of nothing.

Places lie around a front that moves west over the years; each changes hands near the day on which
the front passes it, so changes cluster in time and space. Three sides speak, with delay, and not
always alike. The same seed gives the same bytes. Never put its output into data/.

    python -m benchmarks.make_ledger FOLDER --places 33000 --claims 300000 --days 1700
"""

from __future__ import annotations

import argparse
import csv
import shutil
from datetime import date, timedelta
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
FIRST_DAY = date(2022, 2, 24)
CLAIMANTS = [
    ("ua-staff", "General Staff (synthetic)", "ukraine", "military"),
    ("ua-command", "Eastern Command (synthetic)", "ukraine", "military"),
    ("ua-brigade", "A Brigade (synthetic)", "ukraine", "military"),
    ("ru-ministry", "Ministry of Defence (synthetic)", "russia", "military"),
    ("ru-group", "A Group of Forces (synthetic)", "russia", "military"),
    ("ru-official", "An Official (synthetic)", "russia", "government"),
    ("institute", "An Institute (synthetic)", "third", "monitor"),
    ("mapper", "A Mapper (synthetic)", "third", "monitor"),
]
SYLLABLES = "ba no vy sta kra po lis dub hai ivan mala nova peri ser tro ve zel yar oleks".split()
OUTLETS = "Agency One;Agency Two;Daily;Radio;Telegraph".split(";")
# kind and controller that may follow a change, by side and by who is said to hold the place
SAYS = {
    ("ukraine", 0): ("holds", "ukraine"),
    ("ukraine", 1): ("withdrew", "russia"),
    ("ukraine", 2): ("contested", "contested"),
    ("russia", 0): ("withdrew", "ukraine"),
    ("russia", 1): ("captured", "russia"),
    ("russia", 2): ("contested", "contested"),
    ("third", 0): ("holds", "ukraine"),
    ("third", 1): ("captured", "russia"),
    ("third", 2): ("contested", "contested"),
}


def write_ledger(folder: Path, *, places: int, claims: int, days: int, seed: int = 1) -> None:
    """Write settlements, claimants, claims, area claims and borders.

    Parameters
    ----------
    folder
        Made when missing.
    places, claims, days
        How many settlements, about how many claims, and over how many days.
    seed
        Of the random numbers.
    """
    random = np.random.default_rng(seed)
    folder.mkdir(parents=True, exist_ok=True)
    lon, lat = _points(places, random)
    ids = _write_places(folder / "settlements.csv", lon, lat, random)
    _write(folder / "claimants.csv", ("id", "name", "side", "kind"), CLAIMANTS)
    _write_claims(folder / "claims.csv", ids, lon, claims, days, random)
    shutil.copy(ROOT / "data" / "borders.geojson", folder)
    # No rows: those of the published ledger name its own claimants.
    header = (ROOT / "data" / "area_claims.csv").read_text(encoding="utf-8").splitlines()[0]
    (folder / "area_claims.csv").write_text(header + "\n", encoding="utf-8")


def _points(count: int, random: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    lat = random.uniform(46.4, 51.6, count)
    front = 33.6 + 3.6 * np.sin((lat - 46.4) / 5.2 * np.pi / 1.6)
    return np.clip(front + random.normal(0, 1.6, count), 29.5, 40.2).round(5), lat.round(5)


def _write_places(
    path: Path, lon: np.ndarray, lat: np.ndarray, random: np.random.Generator
) -> list[str]:
    parts = random.integers(0, len(SYLLABLES), (len(lon), 3))
    population = (10 ** random.normal(2.6, 0.8, len(lon))).astype(int)
    rows, ids = [], []
    for number, (a, b, c) in enumerate(parts):
        name = (SYLLABLES[a] + SYLLABLES[b] + SYLLABLES[c] + "ka").capitalize()
        ids.append(f"{name.lower()}-{number}")
        place = (ids[-1], name, name, name, "Somewhere", "UA", lat[number], lon[number])
        rows.append((*place, population[number], "", "synthetic"))
    header = "id,name,name_uk,name_ru,admin1,country,lat,lon,population,aliases,coord_source"
    _write(path, header.split(","), rows)
    return ids


def _write_claims(
    path: Path, ids: list[str], lon: np.ndarray, count: int, days: int, random: np.random.Generator
) -> None:
    """Let the front pass; each place's speakers follow it with their own delay and doubts."""
    each = random.poisson(count / len(ids), len(ids)).clip(1)
    # The day on which the front passes: the further west, the later; with runs and pauses.
    passes = np.clip((38.5 - lon) / 6 * days + 60 * np.sin(lon * 9), 5, days - 5)
    rows, seen = [], set()
    for place, name in enumerate(ids):
        around = np.sort(random.normal(passes[place], days / 9, each[place]))
        for day in around.clip(0, days - 1).astype(int):
            speaker = int(random.integers(len(CLAIMANTS)))
            claimant, _, side, _ = CLAIMANTS[speaker]
            late = {"ukraine": 25, "russia": -8, "third": 5}[side]
            distance = (day - passes[place] - late) / 40 + random.normal(0, 0.35)
            holder = 0 if distance < -0.5 else 1 if distance > 0.5 else 2
            stated = (FIRST_DAY + timedelta(days=int(day))).isoformat()
            claim = f"{name}-{stated}-{claimant}"
            if claim in seen:
                continue
            seen.add(claim)
            kind, controller = SAYS[side, holder]
            rows.append(
                (
                    *(claim, name, stated, "", claimant, kind, controller),
                    "A synthetic statement, made for measuring and true of nothing.",
                    OUTLETS[int(day) % len(OUTLETS)],
                    "A synthetic headline",
                    f"https://example.org/{len(rows)}",
                )
            )
    header = "claim_id,settlement_id,stated_on,effective_on,claimant_id,kind,controller"
    _write(path, f"{header},summary,outlet,title,url".split(","), rows)


def _write(path: Path, header: list[str] | tuple[str, ...], rows: list[tuple]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--places", type=int, default=33_000)
    parser.add_argument("--claims", type=int, default=300_000)
    parser.add_argument("--days", type=int, default=1_700)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    write_ledger(
        options.folder,
        places=options.places,
        claims=options.claims,
        days=options.days,
        seed=options.seed,
    )


if __name__ == "__main__":
    main()
