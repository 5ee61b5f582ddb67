from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.app import chromium, serve

expect.set_options(timeout=20_000)  # ms; the first page of a server imports everything


@pytest.fixture(scope="session")
def browser():
    # No name is found but this machine's: what a page asks of the network fails, and is seen.
    with chromium("--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1") as started:
        yield started


@pytest.fixture(scope="session")
def contexts(browser):
    """Open a browser's contexts once for each kind, so that what never changes is loaded once."""
    opened = {}

    def context_of(**options):
        kind = repr(sorted(options.items()))
        if kind not in opened:
            opened[kind] = browser.new_context(locale="en-GB", **options)
        return opened[kind]

    yield context_of
    for context in opened.values():
        context.close()


@pytest.fixture(scope="session")
def scratch(tmp_path_factory):
    """Where the server keeps what it has half made."""
    return tmp_path_factory.mktemp("scratch")


@pytest.fixture(scope="session")
def server(scratch):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TMPDIR", str(scratch))
        with serve() as address:
            yield address


LOCAL = ("http://127.0.0.1:", "data:", "blob:", "file:", "about:")


class Watched:
    """What went wrong or outside while a page was open."""

    def __init__(self, page):
        self.outside, self.failures = [], []
        page.on("request", lambda request: self.see(request.url))
        page.on("pageerror", lambda error: self.failures.append(str(error)))
        page.on("requestfailed", lambda request: self.failures.append(request.url))

    def see(self, url):
        if not url.startswith(LOCAL):
            self.outside.append(url)


@pytest.fixture
def open_page(contexts):
    """Open pages that may only reach loopback; afterwards nothing may have failed or left it.

    Each begins without anything that another page has kept; only files are known already.
    """
    pages = []

    def opened(address, *, width=1400, height=1000, color_scheme="light", **options):
        page = contexts(**options).new_page()
        page.emulate_media(color_scheme=color_scheme)
        page.set_viewport_size({"width": width, "height": height})
        page.watched = Watched(page)
        pages.append(page)
        page.goto(address)
        return page

    yield opened
    for page in pages:
        failures = list(page.watched.failures)  # before the end itself stops what is under way
        forget(page)
        assert page.watched.outside == []
        assert failures == []


def forget(page):
    """Close a page and drop what it has kept in the browser, but for the files it has read."""
    page.context.clear_cookies()
    place = urlsplit(page.url)
    if place.netloc and not page.is_closed():
        session = page.context.new_cdp_session(page)
        kept = {"origin": f"{place.scheme}://{place.netloc}", "storageTypes": "all"}
        session.send("Storage.clearDataForOrigin", kept)
    page.close()
