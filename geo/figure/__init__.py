"""A snapshot as a picture, made without a browser."""

from geo.figure.frame import extent_of
from geo.figure.sheet import SIZE, describe, draw_png, label_boxes

__all__ = ["SIZE", "describe", "draw_png", "extent_of", "label_boxes"]
