"""What is repainted in part looks as if it had been painted whole."""

import pytest

from geo.model import View
from geo.timelayer import standalone_html
from tests.conftest import day

# Told apart by the browser's own hash: a sum in JavaScript took most of the time of the test.
PICTURE = """async () => {
    const canvas = document.querySelector(".fl-glyphs");
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    const hash = new Uint32Array(await crypto.subtle.digest("SHA-256", data));
    return hash.join();
}"""
ANEW = "() => { frontline.setOnly('silent'); frontline.setOnly(null); }"
DAYS = ("2022-03-01", "2022-09-11", "2022-09-12", "2025-11-20", "2025-11-27", "2025-12-11",
        "2025-12-23", "2025-12-22", "2026-03-12", "2024-02-17")  # fmt: skip


@pytest.mark.parametrize("fine", [1, 2])
def test_a_day_looks_alike_by_whatever_way_it_is_reached(dataset, tmp_path, open_page, fine):
    path = tmp_path / "saved.html"
    path.write_bytes(standalone_html(dataset, view=View(as_of=day("2025-12-11"))))
    page = open_page(path.as_uri(), device_scale_factor=fine)
    page.wait_for_function("!!(window.frontline && window.frontline.standing)")
    seen = set()
    for date in DAYS:
        page.evaluate("(date) => frontline.setDate(date)", date)
        for step in range(5):  # a few days one by one: few places change
            key = "ArrowLeft" if step % 2 else "ArrowRight"
            page.get_by_test_id("date-slider").press(key)
        in_parts = page.evaluate(PICTURE)
        page.evaluate(ANEW)
        assert page.evaluate(PICTURE) == in_parts
        seen.add(in_parts)
    assert len(seen) == len(DAYS)
