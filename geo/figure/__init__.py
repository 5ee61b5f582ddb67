"""A snapshot as a picture, made without a browser."""

from geo.figure.film import FILM_SIZE, Step, days_of, draw_frames, write_film
from geo.figure.frame import extent_around, extent_of
from geo.figure.manifest import read_manifest, write_manifest
from geo.figure.options import DPIS, FORMATS, SIZE, SIZES, Layout, Look, PictureOptions
from geo.figure.picture import Picture, draw_picture

__all__ = [
    "DPIS",
    "FILM_SIZE",
    "FORMATS",
    "SIZE",
    "SIZES",
    "Layout",
    "Look",
    "Picture",
    "PictureOptions",
    "Step",
    "days_of",
    "draw_frames",
    "draw_picture",
    "extent_around",
    "extent_of",
    "read_manifest",
    "write_film",
    "write_manifest",
]
