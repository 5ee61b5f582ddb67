"""Who claims what: dated, sourced statements on control of places, resolved by day.

In a notebook: `geo.load()` reads the ledger, `geo.snapshot("2025-12-11")` is a day of it and shows
itself as the map, `geo.save(snapshot, "day.png")` writes it in any format. The rest is imported
from the modules that it lives in, and nothing is loaded before it is asked for.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from geo.notebook import load, save, snapshot

__version__ = "0.1.0"
__all__ = ["load", "save", "snapshot"]


def __getattr__(name: str) -> Any:
    if name in __all__:
        return getattr(import_module("geo.notebook"), name)
    raise AttributeError(f"module 'geo' has no attribute {name!r}")
