"""Frames as a GIF or an MP4."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import imageio_ffmpeg
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageColor

from geo.style import COLOURS, FADING
from geo.wording import FAULT_WORDS

FRAMES_A_SECOND = 12
LAST_FRAME = 2.0  # seconds that the last day stays
FILM_SIZES = ((1280, 720), (1080, 1080), (1080, 1920))  # even: MP4 takes no others
GIF_COLOURS = 128
FILMS = {"mp4": "video/mp4", "gif": "image/gif"}

Frame = NDArray[np.uint8]


def write_film(path: Path, frames: Iterator[Frame], *, size: tuple[int, int]) -> None:
    """Write frames as GIF or MP4, after the ending of the path.

    Parameters
    ----------
    path
        Ends in .gif or .mp4; overwritten.
    frames
        From `draw_frames`.
    size
        Width and height in pixels; MP4 needs even numbers.

    Raises
    ------
    ValueError
        When a side of an MP4 is odd.
    """
    if path.suffix == ".gif":
        _write_gif(path, _held(frames))
        return
    if size[0] % 2 or size[1] % 2:
        raise ValueError(FAULT_WORDS["film_odd"].format(wide=size[0], tall=size[1]))
    film = imageio_ffmpeg.write_frames(
        str(path), size, fps=FRAMES_A_SECOND, codec="libx264", macro_block_size=2,
        output_params=["-preset", "veryfast", "-crf", "20", "-movflags", "+faststart"],
    )  # fmt: skip
    film.send(None)
    try:
        for frame in _held(frames):
            film.send(np.ascontiguousarray(frame))
    finally:
        film.close()


def _held(frames: Iterator[Frame]) -> Iterator[Frame]:
    """Show the last frame for longer; in a GIF, where it is the same, Pillow makes one of it."""
    for frame in frames:
        yield frame
    yield from [frame] * int(LAST_FRAME * FRAMES_A_SECOND)


def _write_gif(path: Path, frames: Iterator[Frame]) -> None:
    first = next(frames)
    palette = _palette(first)
    rest = (_in_colours(frame, palette) for frame in frames)
    _in_colours(first, palette).save(
        path, format="GIF", save_all=True, append_images=rest, loop=0,
        duration=round(1000 / FRAMES_A_SECOND), optimize=False,
    )  # fmt: skip


def _in_colours(frame: Frame, palette: Image.Image) -> Image.Image:
    return Image.fromarray(frame).quantize(palette=palette, dither=Image.Dither.NONE)


def _palette(frame: Frame) -> Image.Image:
    """Choose the colours of a GIF; those of the statements stay exact, at every age."""
    exact, ground = [], frame[0, 0]  # the white of light paper, the dark of dark paper
    for colour in map(ImageColor.getrgb, COLOURS.values()):
        for _, kept in FADING:
            exact += [round(kept * c + (1 - kept) * g) for c, g in zip(colour, ground, strict=True)]
    usual = Image.fromarray(frame).quantize(GIF_COLOURS, dither=Image.Dither.NONE).getpalette()
    palette = Image.new("P", (1, 1))
    palette.putpalette([*exact, *(usual or [])])
    return palette
