"""A snapshot as a picture, made without a browser."""

from geo.figure.codec import FILM_SIZES, FILMS, Frame, write_film
from geo.figure.extent import choose_extent, extent_around, extent_of
from geo.figure.film import Step, days_of, draw_frames
from geo.figure.manifest import picture_files, read_manifest, write_manifest
from geo.figure.options import (
    DPIS,
    FORMATS,
    LARGEST,
    LONGEST_HEADLINE,
    RADII,
    SIZE,
    SIZES,
    SMALLEST,
    Extent,
    Layout,
    Look,
    PictureOptions,
    read_box,
    read_radius,
    read_size,
)
from geo.figure.picture import Picture, draw_picture

__all__ = [
    "DPIS",
    "FILMS",
    "FILM_SIZES",
    "FORMATS",
    "LARGEST",
    "LONGEST_HEADLINE",
    "RADII",
    "SIZE",
    "SIZES",
    "SMALLEST",
    "Extent",
    "Frame",
    "Layout",
    "Look",
    "Picture",
    "PictureOptions",
    "Step",
    "choose_extent",
    "days_of",
    "draw_frames",
    "draw_picture",
    "extent_around",
    "extent_of",
    "picture_files",
    "read_box",
    "read_manifest",
    "read_radius",
    "read_size",
    "write_film",
    "write_manifest",
]
