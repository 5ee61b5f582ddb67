import pytest
from playwright.sync_api import expect

from tests.browser.app import chromium, serve

expect.set_options(timeout=20_000)  # ms; the first page of a server imports everything


@pytest.fixture(scope="session")
def browser():
    with chromium() as started:
        yield started


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


class Watched:
    """What went wrong or outside while a page was open."""

    def __init__(self):
        self.outside, self.failures = [], []


@pytest.fixture
def open_page(browser):
    """Open pages that may only reach loopback; afterwards nothing may have failed or left it."""
    contexts = []

    def opened(address, *, width=1400, height=1000, **options):
        context = browser.new_context(
            viewport={"width": width, "height": height}, locale="en-GB", **options
        )
        watched = Watched()
        contexts.append((context, watched))

        def loopback_only(route):
            url = route.request.url
            if url.startswith(("http://127.0.0.1:", "data:", "blob:", "file:")):
                route.continue_()
            else:
                watched.outside.append(url)
                route.abort()

        context.route("**/*", loopback_only)
        page = context.new_page()
        page.on("pageerror", lambda error: watched.failures.append(str(error)))
        page.on("requestfailed", lambda request: watched.failures.append(request.url))
        page.watched = watched
        page.goto(address)
        return page

    yield opened
    for context, watched in contexts:
        context.close()
        assert watched.outside == []
        assert watched.failures == []
