"""Commands that make pictures: snapshot, animate."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

from geo.address import compared, is_area, is_series
from geo.commands.options import (
    a_day,
    a_file,
    address_of,
    as_type,
    day_options,
    place_of,
    place_options,
    progress,
    refuse,
    resolve,
    view_of,
    write,
)
from geo.commands.series import open_series, series_files
from geo.figure import (
    DPIS,
    FILM_SIZES,
    FILMS,
    FORMATS,
    SIZE,
    SIZES,
    Frame,
    Layout,
    Look,
    PictureOptions,
    Step,
    choose_extent,
    days_of,
    draw_frames,
    picture_files,
    read_box,
    read_manifest,
    read_radius,
    read_size,
    write_film,
)
from geo.model import OWN_AREAS, Clock, Dataset, Lang, Snapshot, Status, View
from geo.timelayer import standalone_html

LARGEST_MANIFEST = 10_000_000  # bytes
PICTURE_ALONE = ("layout", "date2", "view2", "areas", "only", "dpi")  # options that no film has


def add_commands(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], data: argparse.ArgumentParser
) -> None:
    """Add the commands; `data` names the folder of the ledger."""
    day, place = day_options(), place_options()
    snapshot = commands.add_parser(
        "snapshot", parents=[data, day, place], help="a picture or a page"
    )
    snapshot.add_argument("--date", type=a_day, metavar="DATE")
    snapshot.add_argument("--out", type=a_file(*FORMATS, "html"), required=True, metavar="FILE")
    snapshot.add_argument(
        "--from-manifest", type=Path, metavar="FILE", help="the picture of this manifest again"
    )
    snapshot.add_argument("--layout", choices=[layout.value for layout in Layout])
    snapshot.add_argument("--date2", type=a_day, metavar="DATE", help="second day of a pair")
    snapshot.add_argument("--view2", metavar="VIEW", help="who is heard on the second of voices")
    picture_options(snapshot)
    snapshot.add_argument("--areas", metavar="S,...", help="reach, oblasts, series, FIRST~SECOND")
    snapshot.add_argument(
        "--only",
        choices=[Status.DISPUTED.value],
        help="places of this status, the live ones; all with --within any",
    )
    snapshot.add_argument(
        "--embed", action="store_true", help="for a frame in another page; html only"
    )
    snapshot.add_argument("--dpi", type=int, choices=DPIS, help="100: 1x, 200: 2x, 300: print")
    snapshot.set_defaults(run=_snapshot)

    film = commands.add_parser(
        "animate", parents=[data, day, place], help="a range of days, moving"
    )
    film.add_argument("--from", dest="first", type=a_day, required=True, metavar="DATE")
    film.add_argument("--to", dest="last", type=a_day, required=True, metavar="DATE")
    film.add_argument("--step", type=Step, choices=list(Step), default=Step.DAY)
    film.add_argument("--out", type=a_file(*FILMS), required=True, metavar="FILE")
    picture_options(film)
    film.set_defaults(run=_animate, **dict.fromkeys(PICTURE_ALONE))


def picture_options(command: argparse.ArgumentParser) -> None:
    """Add the options that pictures and films share; html takes none of them."""
    command.add_argument("--bbox", type=as_type(read_box), metavar="W,S,E,N", help="in degrees")
    command.add_argument("--radius", type=as_type(read_radius), metavar="KM", help="about --place")
    named = ", ".join(SIZES)
    command.add_argument(
        "--size", type=as_type(read_size), metavar="SIZE", help=f"{named}, or WxH in pixels"
    )
    command.add_argument("--theme", choices=[look.value for look in Look])
    command.add_argument("--lang", choices=[lang.value for lang in Lang])
    command.add_argument("--headline", metavar="TEXT", help="in place of the neutral one")


def options_of(dataset: Dataset, options: argparse.Namespace, snapshot: Snapshot) -> PictureOptions:
    """Make the options of a picture from those of the command line; bad ones end the program."""
    view = _view(dataset, options, snapshot)
    size = options.size or SIZE
    layout = Layout(options.layout or Layout.SHEET)
    try:
        return PictureOptions(
            layout=layout,
            size=size,
            dpi=options.dpi or DPIS[0],
            theme=Look(options.theme or Look.LIGHT),
            lang=Lang(options.lang or Lang.EN),
            headline=options.headline or "",
            extent=choose_extent(
                view, dataset, size=size, layout=layout, bbox=options.bbox, radius=options.radius
            ),
            place=view.place,
            areas=view.areas,
            only=view.only,
            date2=options.date2,
            view2=options.view2,
            address=address_of(snapshot, view),
        )
    except ValueError as error:
        refuse(str(error))


def _view(dataset: Dataset, options: argparse.Namespace, snapshot: Snapshot) -> View:
    """Make the view that the options ask for; an unknown place or area ends the program."""
    only = Status(options.only) if options.only else None
    view = view_of(snapshot, place_of(dataset, options))
    return replace(view, areas=areas_of(options), only=only)


def areas_of(options: argparse.Namespace) -> tuple[str, ...]:
    """Give the areas that the options name; unknown ones end the program."""
    asked = tuple(filter(None, (options.areas or "").split(",")))
    series = series_files(options)
    if strange := [area for area in asked if not is_area(area, series)]:
        refuse(f"unknown areas {', '.join(strange)}; there are: {', '.join((*OWN_AREAS, *series))}")
    return asked


def _snapshot(dataset: Dataset, options: argparse.Namespace) -> None:
    ending = options.out.suffix.removeprefix(".")
    if options.from_manifest:
        _again(dataset, options, ending)
        return
    if options.date is None:
        refuse("snapshot needs a --date, or a picture's --from-manifest")
    snapshot = resolve(dataset, options)
    if ending == "html":
        _page(dataset, options, snapshot)
        return
    if options.embed:
        refuse("--embed is for .html; a picture has nothing to embed")
    _draw(snapshot, options_of(dataset, options, snapshot), options, ending)


def _page(dataset: Dataset, options: argparse.Namespace, snapshot: Snapshot) -> None:
    pictures = "bbox radius size theme lang headline layout date2 view2 dpi".split()
    given = [f"--{name}" for name in pictures if getattr(options, name) is not None]
    if given:
        refuse(f"{', '.join(given)}: these are for .png, .svg and .pdf; the page has its own zoom")
    view = _view(dataset, options, snapshot)
    address = address_of(snapshot, view)
    if not address:
        refuse(
            f"the page shows {dataset.first_day} to {dataset.last_day}, "
            "judged by --clock then or --clock now"
        )
    if pairs := [area for area in view.areas if compared(area)]:
        refuse(f"{', '.join(pairs)}: the page follows its slider, and shows series one by one")
    series = [open_series(options, area) for area in view.areas if is_series(area)]
    page = standalone_html(dataset, view=view, embed=options.embed, series=series)
    write(options.out, page)


def _again(dataset: Dataset, options: argparse.Namespace, ending: str) -> None:
    free = {"data", "out", "from_manifest", "run", "start", "ledger"}
    given = [name for name, value in vars(options).items() if name not in free and value]
    if given:
        refuse("with --from-manifest only --out and --data may be given")
    try:
        if options.from_manifest.stat().st_size > LARGEST_MANIFEST:
            raise ValueError("this is no manifest of a picture")
        content = options.from_manifest.read_bytes()
        snapshot, picture, made = read_manifest(content, dataset)
    except OSError as error:
        refuse(f"{options.from_manifest} cannot be read: {error.strerror}")
    except ValueError as error:
        refuse(f"{options.from_manifest}: {error}")
    if made != ending:
        refuse(f"the manifest is of a .{made} file, not .{ending}")
    _draw(snapshot, picture, options, ending)


def _draw(
    snapshot: Snapshot, picture: PictureOptions, options: argparse.Namespace, ending: str
) -> None:
    """Write a picture, beside it what it shows in words and what it was made of."""
    try:
        files = picture_files(
            snapshot, picture, ending=ending, open_series=partial(open_series, options)
        )
    except ValueError as error:
        refuse(str(error))
    for suffix, content in files.items():
        write(options.out.with_suffix(f".{suffix}"), content)


def _animate(dataset: Dataset, options: argparse.Namespace) -> None:
    """Write a film whole: into a file beside it, then renamed."""
    if options.known_by:
        refuse("a film is judged by --clock then or --clock now, day by day")
    options.date, options.size = options.last, options.size or FILM_SIZES[0]
    snapshot = resolve(dataset, options)
    picture = options_of(dataset, options, snapshot)
    clock = Clock(options.clock or Clock.THEN)
    part = options.out.with_name(f".part-{options.out.name}")
    if not options.out.parent.is_dir():  # else ffmpeg says so, in its own words
        refuse(f"{options.out} cannot be written: there is no folder {options.out.parent}")
    try:
        days = days_of(dataset, first=options.first, last=options.last, step=options.step)
        frames = draw_frames(
            dataset, days, clock=clock, view=snapshot.view, options=picture, within=snapshot.within
        )
        with progress("drawing") as told:
            write_film(part, _telling(frames, len(days), told), size=picture.size)
        part.replace(options.out)
    except ValueError as error:
        refuse(str(error))
    except OSError as error:
        refuse(f"{options.out} cannot be written: {error.strerror or error}")
    finally:
        part.unlink(missing_ok=True)
    print(options.out)


def _telling(
    frames: Iterator[Frame], count: int, told: Callable[[int, int], None]
) -> Iterator[Frame]:
    """Hand frames on, and tell how far the film has come."""
    for number, frame in enumerate(frames, start=1):
        told(number, count)
        yield frame
