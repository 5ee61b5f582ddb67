"""What a notebook shows of a day is the map, alive inside a page that gives it no rights."""

import geo


def test_a_day_in_a_notebook_is_the_map(dataset, open_page):
    snapshot = geo.snapshot("2025-12-11", place="siversk", dataset=dataset)
    page = open_page("about:blank")
    page.set_content(f"<!doctype html><title>A notebook</title>{snapshot._repr_html_()}")
    frame = page.query_selector("iframe").content_frame()
    frame.wait_for_function("window.frontline && frontline.date() === '2025-12-11'")
    assert frame.evaluate("frontline.standing('siversk').status") == "disputed"
    frame.evaluate("frontline.setDate('2025-12-23')")
    frame.wait_for_function("frontline.standing('siversk').status === 'agreed'")
