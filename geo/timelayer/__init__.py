"""The browser's side: folium elements, the payload's encoder, and the scripts beside them."""

from geo.timelayer.element import (
    Command,
    browser_files,
    command,
    hashed_name,
    plain_name,
    standalone_html,
    time_map,
)
from geo.timelayer.payload import dump

__all__ = [
    "Command",
    "browser_files",
    "command",
    "dump",
    "hashed_name",
    "plain_name",
    "standalone_html",
    "time_map",
]
