"""The difference of two mappers on the first page's map: it follows the day that the reader sets."""

import pytest
from playwright.sync_api import expect

from geo.areas import import_areas
from tests.browser.app import serve, time_frame
from tests.browser.test_app import open_layers, wait_for_address
from tests.browser.test_areas import RUSSIA, copied_ledger, near, write_day


@pytest.fixture(scope="module")
def two_mappers(tmp_path_factory):
    """Two series: from 15 December on the second shows Siversk too."""
    data = copied_ledger(tmp_path_factory.mktemp("ledger"))
    files = tmp_path_factory.mktemp("files")
    first = [write_day(files, "20251201", 37.9)]
    import_areas(first, data / "areas", series_id="first")
    second = [write_day(files, "20251202", 38.3), write_day(files, "20251215", 37.9)]
    import_areas(second, data / "areas", series_id="second")
    with serve(data) as address:
        yield address


def test_a_pair_is_chosen_drawn_and_cut_anew_for_another_day(open_page, two_mappers):
    page = open_page(f"{two_mappers}/?date=2025-12-11&lat=48.86&lon=38.1&zoom=9")
    frame = time_frame(page)
    open_layers(page)
    page.get_by_role("button", name="first against second").click()
    wait_for_address(page, areas="first~second")
    page.keyboard.press("Escape")
    expect(frame.get_by_test_id("areas")).to_contain_text("Difference")
    near(frame, "difference", "siversk", [RUSSIA])
    told = page.get_by_text("second against first on 11 December 2025")
    expect(told).to_be_visible()

    # The reader moves on; the server cuts the new day, and leaves the map where it is.
    frame.get_by_test_id("date-slider").press("Shift+ArrowRight")
    expect(page.get_by_text("second against first on 18 December 2025")).to_be_visible()
    near(frame, "difference", "siversk", [])
    assert frame.evaluate("frontline.date()") == "2025-12-18"

    open_layers(page)
    page.get_by_role("button", name="first against second").click()
    page.keyboard.press("Escape")
    expect(frame.get_by_test_id("areas")).to_be_hidden()
    assert frame.evaluate("frontline.date()") == "2025-12-18"
