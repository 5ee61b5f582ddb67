"""A page is fetched from public addresses alone; tried against a real server on this machine."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import pytest

from geo.desk import DeskError, fetch
from geo.desk.fetch import LARGEST, fetch_page, public_address


class Site(BaseHTTPRequestHandler):
    """Answers by its path; counts what it was asked."""

    asked: ClassVar[list] = []

    def do_GET(self):
        self.asked.append((self.path, self.headers["Host"]))
        answers = {
            "/page": (200, {"Content-Type": "text/html; charset=utf-8"}, b"<p>It has taken it."),
            "/to-page": (302, {"Location": "/page"}, b""),
            "/to-file": (302, {"Location": "file:///etc/passwd"}, b""),
            "/to-inside": (302, {"Location": "http://10.0.0.1/"}, b""),
            "/round": (302, {"Location": "/round"}, b""),
            "/script": (200, {"Content-Type": "application/javascript"}, b"alert(1)"),
            "/large": (200, {"Content-Type": "text/plain"}, b"x" * (LARGEST + 1)),
            "/gone": (404, {}, b""),
        }
        status, headers, body = answers[self.path]
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


@pytest.fixture
def site():
    Site.asked.clear()
    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://public.example:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture
def named(monkeypatch):
    """Let one name stand for this machine, as if that were public; all else is checked."""

    def resolved(host, port):
        return "127.0.0.1" if host == "public.example" else public_address(host, port)

    monkeypatch.setattr(fetch, "public_address", resolved)


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "10.0.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "::1",
        "::ffff:127.0.0.1",
        "fd00::1",
        "0.0.0.0",
        "224.0.0.1",
    ],
)
def test_addresses_that_are_not_public_are_refused(host):
    with pytest.raises(DeskError, match="not on a public address"):
        public_address(host, 80)


def test_a_name_is_refused_when_one_of_its_addresses_is_inside(monkeypatch):
    both = [(2, 1, 6, "", ("93.184.216.34", 80)), (2, 1, 6, "", ("127.0.0.1", 80))]
    monkeypatch.setattr(fetch.socket, "getaddrinfo", lambda *a, **b: both)
    with pytest.raises(DeskError, match="not on a public address"):
        public_address("changes.example", 80)


def test_a_page_comes_with_its_kind_also_by_a_redirect(site, named):
    page = fetch_page(f"{site}/to-page")
    assert (page.url, page.name) == (f"{site}/page", "page.html")
    assert page.content == b"<p>It has taken it."
    assert [path for path, _ in Site.asked] == ["/to-page", "/page"]
    assert Site.asked[0][1].startswith("public.example:")


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/to-file", "only http"),
        ("/to-inside", "not on a public address"),
        ("/round", "more than 5 times"),
        ("/script", "only pages, PDF and text"),
        ("/large", "larger than 10 MB"),
        ("/gone", "answers 404"),
    ],
)
def test_what_is_not_a_public_page_is_refused(site, named, path, told):
    with pytest.raises(DeskError, match=told):
        fetch_page(f"{site}{path}")


@pytest.mark.parametrize(
    "url",
    ["file:///etc/passwd", "ftp://example.org/", "http://", "x", "http://a:b@public.example/"],
)
def test_other_addresses_are_refused(url, named):
    with pytest.raises(DeskError, match="only http"):
        fetch_page(url)


def test_this_machine_is_not_asked(site):
    with pytest.raises(DeskError, match="not on a public address"):
        fetch_page(site.replace("public.example", "127.0.0.1") + "/page")
    assert Site.asked == []
