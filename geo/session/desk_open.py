"""Which proposal a reviewer has open: it stays while others act, and two are not given the same."""

from __future__ import annotations

from collections.abc import Sequence
from time import monotonic

from streamlit.runtime.scriptrunner import get_script_run_ctx

KEPT = 600.0  # seconds after which who has not acted since no longer counts
_open: dict[str, tuple[int, float]] = {}  # a session of this server to the proposal it has open


def to_read(numbers: Sequence[int], before: int | None) -> int:
    """Give the proposal to open: that of before while it is there, else one nobody else has open.

    Where others have all of them open, it is the first; of two who decide on one, the second is
    told who was first.

    Parameters
    ----------
    numbers
        Of the proposals in the box, at least one.
    before
        The one that is open.
    """
    running, now = get_script_run_ctx(), monotonic()
    own = running.session_id if running else ""
    for gone in [one for one, (_, since) in list(_open.items()) if now - since > KEPT]:
        _open.pop(gone, None)
    others = {number for one, (number, _) in list(_open.items()) if one != own}
    free = next((number for number in numbers if number not in others), numbers[0])
    chosen = free if before is None or before not in numbers else before
    _open[own] = (chosen, now)
    return chosen
