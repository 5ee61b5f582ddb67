"""Text of strangers in every column: nothing of it runs, in the app or in the saved page."""

import pytest
from playwright.sync_api import expect

from geo.areas import no_series
from geo.export import EXPORTS
from geo.files.load import load_dataset
from geo.model import View
from geo.timeline import take_snapshot
from tests.browser.app import serve, time_frame
from tests.conftest import day
from tests.hostile import put_everywhere

ATTACK = (
    "![x](https://evil.example/p.png)<img src=x onerror=window.hacked=1></script><script>window.hacked=1</script>"
    "{{7*7}}{% raw %}${window.hacked=1}'`$x^2$ :material/home:"
)


@pytest.fixture
def hostile_folder(tiny_folder):
    return put_everywhere(tiny_folder, ATTACK)


def hacked(frames):
    return [frame.url for frame in frames if frame.evaluate("window.hacked")]


def test_nothing_runs_in_the_app(open_page, hostile_folder):
    with serve(hostile_folder) as address:
        page = open_page(f"{address}/?date=2025-12-23&place=siversk")
        frame = time_frame(page)
        expect(frame.get_by_test_id("place-card")).to_contain_text("<img src=x onerror")
        expect(page.locator(".record").first).to_contain_text("</script><script>")
        expect(page.locator(".record").first).to_contain_text("{{7*7}}")
        page.get_by_role("textbox", name="Find a place").fill(ATTACK[:60])
        page.get_by_role("textbox", name="Find a place").press("Enter")
        expect(
            page.get_by_text("Also:").or_(page.get_by_text("No place of that name"))
        ).to_have_count(0)
        assert page.locator("img[src=x], img[src*=evil]").count() == 0
        assert hacked(page.frames) == []
        page.close()


def test_nothing_runs_in_the_saved_page(open_page, hostile_folder, tmp_path):
    dataset = load_dataset(hostile_folder)
    snapshot = take_snapshot(dataset, as_of=day("2025-12-23"))
    view = View(as_of=snapshot.as_of, place="siversk")
    saved = tmp_path / "saved.html"
    saved.write_bytes(EXPORTS["html"].encode(snapshot, view, "", no_series))
    page = open_page(saved.as_uri(), offline=True)
    page.wait_for_function("!!(window.frontline && window.frontline.standing)")
    expect(page.get_by_test_id("place-card")).to_contain_text("<img src=x onerror")
    assert hacked(page.frames) == []


def test_a_broken_folder_shows_every_fault_instead_of_the_map(open_page, tiny_folder):
    claims = tiny_folder / "claims.csv"
    claims.write_text(
        claims.read_text().replace("It said so.", '"=HYPERLINK(""x"")"').replace("captured", "took")
    )
    (tiny_folder / "borders.geojson").unlink()
    with serve(tiny_folder) as address:
        page = open_page(address)
        shown = page.locator("[data-testid=stCode]")
        expect(shown).to_contain_text("claims.csv:2: summary: '=HYPERLINK(\"x\")' would run")
        expect(shown).to_contain_text("claims.csv:2: kind: 'took' is unknown")
        expect(shown).to_contain_text("borders.geojson: is missing")
        assert page.locator("iframe").count() == 0
        page.close()
