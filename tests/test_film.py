"""A film shows the same as the pictures of its days, and other programs read it."""

import re
import subprocess

import imageio_ffmpeg
import numpy as np
import pytest
from PIL import Image, ImageColor

from geo.figure import FILM_SIZES, PictureOptions, Step, days_of, draw_frames, film, write_film
from geo.figure.alt import view_line
from geo.figure.paper import drawing, lay_paper, wrap
from geo.model import Clock, Lang
from geo.style import COLOURS
from geo.timeline import take_snapshot
from tests.conftest import day

SMALL = PictureOptions(size=(800, 600))


def frames(dataset, days):
    return list(draw_frames(dataset, days, clock=Clock.THEN, view="all", options=SMALL))


def test_days_of_a_film(dataset):
    first, last = day("2025-12-01"), day("2025-12-23")
    days = days_of(dataset, first=first, last=last, step=Step.DAY)
    assert (len(days), days[0], days[-1]) == (23, first, last)
    weeks = days_of(dataset, first=first, last=last, step=Step.WEEK)
    assert [d.day for d in weeks] == [1, 8, 15, 22, 23]
    spoken = days_of(dataset, first=first, last=last, step=Step.STATEMENT)
    stated = set(dataset.claims["stated_on"].dt.date)
    assert spoken == sorted({d for d in stated if first <= d <= last} | {first, last})
    with pytest.raises(ValueError, match="before it begins"):
        days_of(dataset, first=last, last=first, step=Step.DAY)
    with pytest.raises(ValueError, match="are over 2000; take a longer --step"):
        days_of(dataset, first=day("2018-01-01"), last=last, step=Step.DAY)


def test_redrawing_what_changed_gives_what_drawing_all_gives(dataset):
    days = [day(d) for d in ("2022-06-01", "2024-02-17", "2025-12-11", "2025-12-23")]
    moved = frames(dataset, days)
    for number in (1, 2):
        # The first frame of a film draws every place anew; its range sets the progress bar alone.
        whole = frames(dataset, [days[number], days[-1]])[0]
        differ = (abs(whole.astype(int) - moved[number]).max(axis=2) > 0).any(axis=1)
        assert 0 < differ.sum() <= 9  # rows of pixels: the bar
    assert (abs(moved[1].astype(int) - moved[2]).max(axis=2) > 0).any(axis=1).sum() > 100


def test_mp4_is_read_by_ffmpeg(dataset, tmp_path):
    path = tmp_path / "film.mp4"
    days = days_of(dataset, first=day("2025-12-09"), last=day("2025-12-14"), step=Step.DAY)
    made = frames(dataset, days)
    write_film(path, iter(made), size=SMALL.size)
    read = [imageio_ffmpeg.get_ffmpeg_exe(), "-i", path, "-f", "rawvideo", "-pix_fmt", "rgb24", "-"]
    done = subprocess.run(read, capture_output=True, check=True)
    assert re.search(r"Video: h264 .*yuv420p.* 800x600.* 12 fps", done.stderr.decode())
    seen = np.frombuffer(done.stdout, np.uint8).reshape(-1, 600, 800, 3)
    assert len(seen) == 6 + 24  # the last day stays two seconds
    assert abs(seen[3].astype(int) - made[3]).mean() < 4


def test_gif_is_read_by_pillow_and_keeps_the_colours(dataset, tmp_path):
    path = tmp_path / "film.gif"
    days = days_of(dataset, first=day("2025-12-09"), last=day("2025-12-14"), step=Step.DAY)
    made = frames(dataset, days)
    write_film(path, iter(made), size=SMALL.size)
    with Image.open(path) as film:
        assert (film.n_frames, film.size) == (6, (800, 600))
        film.seek(3)
        seen = np.asarray(film.convert("RGB")).astype(int)
        film.seek(5)
        assert film.info["duration"] >= 2000  # ms: the last day stays
    assert abs(seen - made[3]).mean() < 3
    assert abs(seen - made[0]).mean() > abs(seen - made[3]).mean()
    for colour in COLOURS.values():
        assert (seen == ImageColor.getrgb(colour)).all(axis=2).sum() > 20


@pytest.mark.parametrize("lang", Lang)
@pytest.mark.parametrize("size", [*FILM_SIZES, (600, 600)])
def test_headline_and_notes_stay_on_the_paper(dataset, size, lang):
    for headline in ("", "W" * 140):
        options = PictureOptions(size=size, lang=lang, headline=headline)
        with drawing():
            paper = lay_paper(options)
            film._write_words(paper, *film._words(paper, dataset, options))
        for text in paper.figure.texts:
            box = text.get_window_extent()
            assert box.y0 > 0, text.get_text()
            assert box.x1 < paper.figure.bbox.width, text.get_text()
        assert "CC BY 4.0" in " ".join(text.get_text() for text in paper.figure.texts)


def test_a_film_on_narrow_paper_is_whole(dataset):
    options = PictureOptions(size=(1080, 1920), lang=Lang.RU)
    days = [day("2025-12-11")]
    (frame,) = draw_frames(dataset, days, clock=Clock.THEN, view="all", options=options)
    edge = frame[:, -20:].reshape(-1, 3)
    assert (edge == edge[0]).all()  # nothing reaches into the margin


@pytest.mark.parametrize("size", FILM_SIZES)
@pytest.mark.parametrize("lang", Lang)
def test_a_film_has_room_to_say_who_is_heard(dataset, size, lang):
    options = PictureOptions(size=size, lang=lang)
    for view in ("russia", "ua-eastern-command"):
        seen = take_snapshot(
            dataset, as_of=day("2025-12-11"), known_by=day("2026-07-04"), view=view
        )
        told = view_line(seen, options)
        with drawing():
            paper = lay_paper(options)
            words = film._words(paper, dataset, options)
            _, (_, _, width, tall) = film._boxes(paper, *words, {told})
        lines = wrap(told, width, film.NOTE)
        assert tall >= 26 + film.NOTE_LINE * len(lines) + 8  # day above, bar below


def test_an_odd_mp4_is_refused(tmp_path):
    with pytest.raises(ValueError, match="both sides must be even"):
        write_film(tmp_path / "film.mp4", iter([]), size=(801, 600))


def test_a_film_of_one_day(dataset):
    (only,) = frames(dataset, [day("2025-12-11")])
    assert only.shape == (600, 800, 3)
