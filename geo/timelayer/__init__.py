"""The browser's side: the map that follows its slider without asking the server."""

from geo.timelayer.element import Command, browser_files, command, standalone_html, time_map

__all__ = ["Command", "browser_files", "command", "standalone_html", "time_map"]
