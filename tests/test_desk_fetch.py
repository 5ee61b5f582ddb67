"""A page is fetched from public addresses alone; tried against a real server on this machine."""

import ssl
import threading
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from geo.desk import DeskError, fetch
from geo.desk.fetch import LARGEST, fetch_page, public_address


class Site(BaseHTTPRequestHandler):
    """Answers by its path; counts what it was asked."""

    asked: ClassVar[list] = []

    def do_GET(self):
        self.asked.append((self.path, self.headers["Host"]))
        if self.path.startswith("/slow"):
            self.drip()
            return
        answers = {
            "/page": (200, {"Content-Type": "text/html; charset=utf-8"}, b"<p>It has taken it."),
            "/to-page": (302, {"Location": "/page"}, b""),
            "/to-file": (302, {"Location": "file:///etc/passwd"}, b""),
            "/to-inside": (302, {"Location": "http://10.0.0.1/"}, b""),
            "/round": (302, {"Location": "/round"}, b""),
            "/script": (200, {"Content-Type": "application/javascript"}, b"alert(1)"),
            "/large": (200, {"Content-Type": "text/plain"}, b"x" * (LARGEST + 1)),
            "/gone": (404, {}, b""),
            "/%D0%A1%D1%96?q=%D1%96%20a": (200, {"Content-Type": "text/plain"}, b"x"),
        }
        status, headers, body = answers[self.path]
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def drip(self):
        """Answer a byte at a time, without end: in the head, or in a body of no stated length."""
        head = b"HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n"
        try:
            self.wfile.write(head if self.path == "/slow-head" else head + b"\r\n")
            while not self.server.over.wait(0.02):
                self.wfile.write(b"x")
        except OSError:
            self.close_connection = True  # the reader had enough

    def log_message(self, *arguments):
        pass


@contextmanager
def serving(context=None):
    Site.asked.clear()
    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        if context:
            server.socket = context.wrap_socket(server.socket, server_side=True)
        server.over = threading.Event()
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http{'s' if context else ''}://public.example:{server.server_port}"
        server.over.set()
        server.shutdown()
        thread.join()


@pytest.fixture
def site():
    with serving() as address:
        yield address


@pytest.fixture
def secure_site(tmp_path, monkeypatch):
    """Serve by https, with a certificate that this process trusts."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "public.example")])
    today = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(today - timedelta(days=1))
        .not_valid_after(today + timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(
            x509.SubjectAlternativeName([x509.DNSName("public.example")]), critical=False
        )
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    form, none = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    file = tmp_path / "certificate.pem"
    file.write_bytes(made.public_bytes(pem) + key.private_bytes(pem, form, none))
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    with serving(context) as address:
        yield address


@pytest.fixture
def named(monkeypatch):
    """Let one name stand for this machine, as if that were public; all else is checked."""

    def resolved(host, port, *, local):
        return "127.0.0.1" if host == "public.example" else public_address(host, port, local=local)

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


def test_a_page_comes_by_https(secure_site, named):
    assert fetch_page(f"{secure_site}/to-page").content == b"<p>It has taken it."


def test_an_address_in_other_letters_is_asked_as_a_browser_would(site, named):
    assert fetch_page(f"{site}/Сі?q=і a").content == b"x"


@pytest.mark.parametrize("path", ["/slow-head", "/slow-body"])
def test_a_page_that_drips_is_left(site, named, monkeypatch, path):
    monkeypatch.setattr(fetch, "SECONDS", 0.5)
    with pytest.raises(DeskError, match="takes longer"):
        fetch_page(f"{site}{path}")


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
    for ask in (fetch_page, lambda url: fetch.fetch(url, {})):
        with pytest.raises(DeskError, match="only http"):
            ask(url)


def test_what_is_no_address_is_one_sentence():
    for ask in (fetch_page, lambda url: fetch.fetch(url, {})):
        with pytest.raises(DeskError, match="cannot be fetched"):
            ask("http://[example")


def test_this_machine_is_not_asked(site):
    with pytest.raises(DeskError, match="not on a public address"):
        fetch_page(site.replace("public.example", "127.0.0.1") + "/page")
    assert Site.asked == []
