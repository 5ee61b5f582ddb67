"""Build the map's background: `python -m tools.borders`."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from geo.files.write import write_file
from tools.borders.features import build_borders
from tools.borders.sources import BuildError, fetch_packages

OUT = Path(__file__).resolve().parents[2] / "data" / "borders.geojson"


def main() -> int:
    """Build the file and say so.

    Returns
    -------
    int
        Exit status: 0, or 1 when the packages or the target are at fault.
    """
    parser = argparse.ArgumentParser(description="Build the map's background from Natural Earth.")
    parser.add_argument("--out", type=Path, default=OUT, help="the file to write (%(default)s)")
    out: Path = parser.parse_args().out
    try:
        if not out.parent.is_dir():
            msg = f"{out.parent} is not a folder"
            raise BuildError(msg)
        with tempfile.TemporaryDirectory() as folder:
            content = build_borders(*fetch_packages(Path(folder)))
        write_file(out, content)
    except (BuildError, OSError) as fault:
        sys.stderr.write(f"{fault}\n")
        return 1
    sys.stdout.write(f"Wrote {out.name}: {len(content) / 1000:.0f} kB.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
