"""What is known of each layer and day while files come in: of several versions, the last."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime

import shapely

from geo.areas.names import LAYERS
from geo.areas.taking import Observed, Taken, observed


class States:
    """What is known of each layer and day so far; polygons as bytes, which take least room."""

    def __init__(self) -> None:
        self._of: dict[tuple[str, date], dict[str, Observed]] = {}

    @property
    def days(self) -> set[date]:
        """The days that any layer has a state of."""
        return {day for _, day in self._of}

    @property
    def layers(self) -> list[str]:
        """The layers that have a state, in the order of LAYERS."""
        return [layer for layer in LAYERS if any(layer == key[0] for key in self._of)]

    def rows(self, layer: str) -> list[Observed]:
        """Give the areas of a layer in order of day and controller."""
        keys = sorted(key for key in self._of if key[0] == layer)
        return [self._of[key][who] for key in keys for who in sorted(self._of[key])]

    def add(self, taken: Taken, counts: Counter[str]) -> None:
        """Add a file; a later version of a day replaces an earlier, two of no hour are joined."""
        versions: dict[tuple[str, date, datetime], list[Observed]] = {}
        for area in taken.areas:  # an archive holds many
            versions.setdefault((area.layer, area.day, area.moment), []).append(area)
        for (layer, day, moment), areas in versions.items():
            there = self._of.setdefault((layer, day), {})
            newest = max((area.moment for area in there.values()), default=moment)
            if newest != moment:
                counts["earlier versions of a day left out"] += 1
                if newest > moment:
                    continue
                there.clear()
            for area in areas:
                other = there.get(area.controller)
                if other is None:
                    there[area.controller] = area
                elif other.wkb == area.wkb:
                    counts["areas that stand in the files twice"] += 1
                else:
                    there[area.controller] = _union(other, area)


def _union(one: Observed, other: Observed) -> Observed:
    shape = shapely.union_all(shapely.from_wkb([one.wkb, other.wkb]))
    return observed(one.layer, one.controller, one.day, one.moment, shape)
