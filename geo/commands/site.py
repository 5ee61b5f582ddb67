"""The command that writes the site: the ledger as plain files for any web host."""

from __future__ import annotations

import argparse
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

from geo.commands.options import (
    BAD_DATA,
    BASE,
    a_base,
    a_core_count,
    a_scheduler,
    as_type,
    base_of_environment,
    ended_by_faults,
    progress,
    refuse,
)
from geo.desk import open_corrections, open_release
from geo.desk.retractions import retractions
from geo.files.load import read_codebook
from geo.model import Dataset, Lang
from geo.parallel import ALL_CORES, ahead
from geo.site.state import Report, fingerprint, unchanged

MOST_FAULTS = 50  # shown; their number is told


def add_commands(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], data: argparse.ArgumentParser
) -> None:
    """Add the command; `data` names the folder of the ledger."""
    site = commands.add_parser("site", parents=[data], help="the ledger as plain files")
    site.add_argument("out", type=Path, metavar="OUT", help="folder of the site")
    add_site_options(site)
    site.set_defaults(run=_site)


USUAL = {"base": None, "lang": tuple(Lang), "cards": "all", "cores": ALL_CORES, "cluster": None}


def site_options_given(options: argparse.Namespace) -> list[str]:
    """Name the options that say what a site is like, as far as they are not the usual ones."""
    return [f"--{name}" for name, usual in USUAL.items() if getattr(options, name) != usual]


def add_site_options(command: argparse.ArgumentParser) -> None:
    """Add the options that say what a site is like."""
    command.add_argument(
        "--base", type=as_type(a_base), metavar="URL", help=f"its address; else {BASE} is asked"
    )
    command.add_argument(
        "--lang", type=as_type(_langs), metavar="en,uk,ru",
        help="languages; the first one's pages stand at the root",
    )  # fmt: skip
    command.add_argument(
        "--cards", choices=["none", "changed", "all"],
        help="which pages get a social card of their own; changed: those with a statement of the "
        "newest 90 days",
    )  # fmt: skip
    command.add_argument("--cores", type=a_core_count, metavar="N", help="all if left out")
    command.add_argument(
        "--cluster", type=a_scheduler, metavar="TCP", help="a Dask scheduler instead"
    )
    command.set_defaults(**USUAL)


def _langs(text: str) -> tuple[Lang, ...]:
    allowed = ", ".join(Lang)
    try:
        return tuple(dict.fromkeys(Lang(word) for word in text.split(",")))
    except ValueError:
        raise ValueError(f"{text!r}: languages are {allowed}, with commas between") from None


def _site(dataset: Dataset, options: argparse.Namespace) -> None:
    write_site(dataset, options, options.out, site_base(options))


def site_base(options: argparse.Namespace) -> str:
    """Give the address of a site, by the options or the environment; else ends the program."""
    base: str | None = options.base or base_of_environment()
    return base or refuse(f"--base or {BASE}: the address of the site is needed")


def write_site(dataset: Dataset, options: argparse.Namespace, out: Path, base: str) -> None:
    """Bring a folder up to the site of a ledger, and tell what was made.

    Parameters
    ----------
    dataset
        Read from the folder `options.data`.
    options
        Those of `add_site_options`.
    out, base
        The folder, and its address on the web.
    """
    with ended_by_faults():
        release = open_release(options.data)
        sources = {
            "release": release,
            "corrections": open_corrections(options.data),
            "retracted": retractions(options.data),
        }
    whole = fingerprint(release, sources["retracted"], base, options.lang, options.cards)
    report = unchanged(out, whole) or _bake(dataset, options, out, base, sources, whole)
    for kind, (number, size) in report.counts.items():
        print(f"{kind:<24}{number:>7} files {size / 2**20:>9.2f} MB")
    print(f"{report.made} made, {report.kept} kept, {report.removed} removed")
    for limit in report.limits:
        print(f"limit: {limit}", file=sys.stderr)
    for wrong in report.faults[:MOST_FAULTS]:
        print(wrong, file=sys.stderr)
    if report.faults:
        print(f"{len(report.faults)} faults", file=sys.stderr)
        raise SystemExit(BAD_DATA)


def _bake(
    dataset: Dataset,
    options: argparse.Namespace,
    out: Path,
    base: str,
    sources: dict[str, Any],
    whole: str,
) -> Report:
    # Other processes load what bakes while this one does; here, for a site that is up to date
    # needs none of it.
    with ahead(import_module, "geo.site.bake", cores=1 if options.cluster else options.cores):
        from geo.site.bake import bake
        from geo.site.front import asset_files, asset_paths
        from geo.site.web import Cards, Site

        assets = asset_files(dataset)
        site = Site(
            dataset=dataset,
            base=base,
            langs=options.lang,
            cards=Cards(options.cards),
            assets=asset_paths(assets),
            codebook={lang: read_codebook(options.data, lang) for lang in Lang},
            **sources,
        )
        try:
            with progress("baking") as told:
                return bake(
                    site, out, assets, whole=whole, cores=options.cores,
                    cluster=options.cluster or "", progress=told,
                )  # fmt: skip
        except OSError as error:
            refuse(f"{out} cannot be written: {error.strerror or error}")
        except (ValueError, RuntimeError) as error:  # no such cluster, or its workers died
            refuse(str(error))
