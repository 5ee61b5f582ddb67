"""The export panel in a real browser: what is shown is what is downloaded, films can be stopped."""

import json
import re
from xml.etree import ElementTree

import imageio_ffmpeg
import pandas as pd
import pypdf
from PIL import Image
from playwright.sync_api import expect

from geo.__main__ import main

VIEW = "date=2025-12-11&place=siversk"


def download(page, name, folder):
    with page.expect_download() as started:
        page.get_by_role("button", name=name).first.click()
    path = folder / started.value.suggested_filename
    started.value.save_as(path)
    return path


def preview(page):
    picture = page.get_by_test_id("stImage").get_by_role("img")
    expect(picture).to_be_visible()
    return picture


def half_made(scratch):
    return list(scratch.glob("frontline-*"))


def nothing_stays(page, scratch):
    for _ in range(100):
        if not half_made(scratch):
            return
        page.wait_for_timeout(100)
    raise AssertionError(half_made(scratch))


def test_the_preview_is_the_file(open_page, server, tmp_path):
    page = open_page(f"{server}/Export?{VIEW}")
    picture = preview(page)
    expect(picture).to_have_attribute("alt", re.compile("The sides disagree: .*Siversk"))
    shown = page.request.get(page.evaluate("(img) => img.src", picture.element_handle())).body()
    path = download(page, "Download PNG", tmp_path)
    assert path.name == "siversk_2025-12-11_known-then_all.png"
    assert path.read_bytes() == shown
    with Image.open(path) as image:
        assert image.size == (1200, 675)
        assert image.text["Source"].startswith(f"{server}/?{VIEW}&lat=")


def test_a_card_in_every_format_and_again_from_its_manifest(open_page, server, tmp_path):
    page = open_page(f"{server}/Export?{VIEW}")
    first = preview(page).get_attribute("src")
    page.get_by_role("combobox", name="Layout").click()
    page.get_by_role("option", name="One place and its statements").click()
    expect(page.get_by_test_id("stImage").get_by_role("img")).not_to_have_attribute("src", first)
    for ending in ("svg", "pdf"):
        page.get_by_role("radio", name=ending.upper()).click()
        path = download(page, f"Download {ending.upper()}", tmp_path)
        assert path.name == f"siversk_2025-12-11_known-then_all_card.{ending}"
        manifest = download(page, "Manifest, to make it again", tmp_path)
        assert manifest.name == f"{path.name}.json"
        assert json.loads(manifest.read_text())["options"]["layout"] == "card"
        again = tmp_path / f"again.{ending}"
        assert main(["snapshot", "--from-manifest", str(manifest), "--out", str(again)]) == 0
        assert again.read_bytes() == path.read_bytes()
    words = download(page, "What it shows in words (.txt)", tmp_path).read_text()
    assert words.startswith("Siversk: who says what about control, 11 December 2025.")
    texts = [text.text for text in ElementTree.parse(tmp_path / "again.svg").iter() if text.text]
    assert "Siversk: who says what about control, 11 December 2025" in texts
    assert "Siversk: who says what" in pypdf.PdfReader(path).pages[0].extract_text()

    page.get_by_role("radio", name="Укр").first.click()  # what is chosen stays, in its words
    ground = page.get_by_role("combobox", name="Частина мапи")
    expect(ground).to_have_value("Навколо місця")
    expect(page.get_by_role("combobox", name="Компонування")).to_have_value(
        "Одне місце і заяви про нього"
    )


def test_a_film_can_be_stopped_and_made(open_page, server, scratch, tmp_path):
    page = open_page(f"{server}/Export?date=2025-12-11")
    preview(page)
    page.get_by_role("button", name="Make the film").click()
    stop = page.get_by_role("button", name="Cancel")
    expect(page.get_by_text(re.compile(r"Frame \d+ of 31"))).to_be_visible()
    assert len(half_made(scratch)) == 1
    stop.click()
    expect(page.get_by_text("Cancelled; nothing was kept.")).to_be_visible()
    nothing_stays(page, scratch)
    page.get_by_role("button", name="Make the film").click()
    expect(page.get_by_text(re.compile(r"Frame \d+ of 31"))).to_be_visible()
    page.get_by_role("radio", name="Рус").first.click()
    expect(page.get_by_text("Отменено; ничего не сохранено.")).to_be_visible()
    page.get_by_role("radio", name="Eng").first.click()
    page.get_by_role("button", name="Make the film").click()
    made = page.get_by_role("button", name="Download map_2025-11-11_2025-12-11_known-then_all.mp4")
    expect(made).to_be_visible(timeout=60_000)
    path = download(page, "Download map_", tmp_path)
    frames, _ = imageio_ffmpeg.count_frames_and_secs(str(path))
    assert frames == 31 + 24  # the last day stays two seconds
    nothing_stays(page, scratch)


def test_the_whole_ledger_is_downloaded(open_page, server, dataset, tmp_path):
    page = open_page(f"{server}/Export?date=2025-12-11")
    preview(page)
    buttons = page.get_by_role("button", name="Statements (CSV)")
    expect(buttons).to_have_count(2)
    with page.expect_download() as started:
        buttons.nth(1).click()
    assert started.value.suggested_filename == f"ledger_2026-07-04_{dataset.version}.csv"
    table = pd.read_csv(started.value.path(), comment="#")
    assert len(table) == len(dataset.claims)
