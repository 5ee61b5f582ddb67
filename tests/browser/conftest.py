from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.app import chromium, serve

expect.set_options(timeout=20_000)  # ms; the first page of a server imports everything


@pytest.fixture(scope="session")
def browser():
    # No name is found but this machine's: what a page asks of the network fails, and is seen.
    offline = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
    # A page is open for seconds: what V8 makes faster meanwhile, a sixth of the work, is thrown away.
    plain = "--js-flags=--no-maglev --no-turbofan"
    with chromium(offline, plain) as started:
        yield started


@pytest.fixture(scope="session")
def tabs(browser):
    """Lend tabs of each kind of context: one used again knows the app's scripts, half of the work."""
    kinds = {}

    def tabs_of(**options):
        """Give a context of that kind and its tabs that nobody uses."""
        kind = repr(sorted(options.items()))
        if kind not in kinds:
            kinds[kind] = browser.new_context(locale="en-GB", **options), []
        return kinds[kind]

    yield tabs_of
    for context, _ in kinds.values():
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
    """What went wrong or outside while a page was open.

    What was still loading when a reader followed a link is given up by the browser, and no failure.
    """

    def __init__(self, page):
        self.page, self.outside, self.failures = page, [], []
        self.asked, self.left = [], []
        self.seen = {
            "request": self.see,
            "pageerror": lambda error: self.failures.append(str(error)),
            "requestfailed": self.fail,
        }
        for event, note in self.seen.items():
            page.on(event, note)

    def see(self, request):
        if request.is_navigation_request() and request.frame == self.page.main_frame:
            self.left, self.asked = self.asked, []
        self.asked.append(request)
        if not request.url.startswith(LOCAL):
            self.outside.append(request.url)

    def fail(self, request):
        # The browser asks for the icon by itself, with every address, and drops it for the next.
        left = request in self.left or "icon." in request.url
        if request.failure != "net::ERR_ABORTED" or not left:
            self.failures.append(request.url)

    def end(self):
        for event, note in self.seen.items():
            self.page.remove_listener(event, note)


@pytest.fixture
def open_page(tabs):
    """Open pages that may only reach loopback; afterwards nothing may have failed or left it.

    Each begins without anything that another page has kept; only files are known already.
    """
    lent = []

    def opened(address, *, width=1400, height=1000, color_scheme="light", **options):
        context, free = tabs(**options)
        page = free.pop() if free else context.new_page()
        lent.append((page, free))
        page.emulate_media(color_scheme=color_scheme)
        page.set_viewport_size({"width": width, "height": height})
        page.watched = Watched(page)
        page.goto(address)
        return page

    yield opened
    for page, free in lent:
        page.watched.end()  # before the end itself stops what is under way
        if forget(page):
            free.append(page)
    for page, _ in lent:
        assert page.watched.outside == []
        assert page.watched.failures == []


def forget(page):
    """Drop what a page has kept in the browser, but for the files it has read; False if closed."""
    page.context.clear_cookies()
    if page.is_closed():
        return False
    page.unroute_all(behavior="ignoreErrors")
    place = urlsplit(page.url)
    if place.netloc:
        page.evaluate("sessionStorage.clear()")
    page.goto("about:blank")
    session = page.context.new_cdp_session(page)
    session.send("Page.resetNavigationHistory")
    if place.netloc:
        kept = {"origin": f"{place.scheme}://{place.netloc}", "storageTypes": "all"}
        session.send("Storage.clearDataForOrigin", kept)
    session.detach()
    return True
