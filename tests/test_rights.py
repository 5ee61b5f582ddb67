"""A stranger changes nothing: tried on the real server, in the protocol that its browsers speak."""

import json

import pytest
from starlette.exceptions import HTTPException
from streamlit.runtime.uploaded_file_manager import UploadedFileRec
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

from benchmarks.reader import Reader
from geo.areas import load_series
from geo.session import uploads
from geo.session.areas import import_uploads
from geo.session.rights import LOCAL, RefusalError, Role, may, require
from geo.wording import AREAS_WORDS, RIGHTS_WORDS
from tests.awaited import awaited
from tests.browser.app import serve
from tests.conftest import write_tiny

RING = [[38, 48], [38.5, 48], [38.5, 48.5], [38, 48.5], [38, 48]]
FILE = json.dumps(
    {"type": "Feature", "properties": {}, "geometry": {"type": "Polygon", "coordinates": [RING]}}
).encode()


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return write_tiny(tmp_path_factory.mktemp("ledger"))


@pytest.fixture(scope="module")
def local(folder):
    with serve(folder) as address:
        yield address


@pytest.fixture(scope="module")
def public(folder):
    with serve(folder, "--public") as address:
        yield address


@pytest.fixture(scope="module")
def form(local):
    """The full ids of the form's widgets, which anybody can read off a server of their own."""

    async def read():
        async with Reader(local) as owner:
            await owner.open("Areas")
            names = ("files", "series", "import_go")
            return {name: owner.widget(AREAS_WORDS[name]) for name in names}

    return awaited(read())


async def send_form(address, form, series, headers):
    """Upload a file and send the filled-in form, whether or not the page shows one."""
    async with Reader(address, headers) as reader:
        await reader.open("Areas")
        file = await reader.upload("map_20251211.geojson", FILE)
        await reader.send({form["files"]: [file], form["series"]: series, form["import_go"]: True})
        return list(reader.texts())


def stored(folder):
    return sorted(path.name for path in folder.rglob("*.parquet"))


def test_who_runs_a_local_server_imports(folder, local, form):
    told = awaited(send_form(local, form, "own", {}))
    assert "own: 1 file, 1 day." in told
    assert "own.parquet" in stored(folder)
    assert load_series(folder / "areas" / "own.parquet").days[0].date().isoformat() == "2025-12-11"


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "frontline.example.org"},
        {"Host": "127.0.0.1.example.org"},
        {"X-Forwarded-For": "203.0.113.9"},
        {"X-Real-IP": "203.0.113.9"},
        {"Forwarded": "for=203.0.113.9"},
        {"Via": "1.1 proxy"},
    ],
    ids=lambda headers: next(iter(headers)),
)
def test_a_local_server_changes_nothing_for_others(folder, local, form, headers):
    told = awaited(send_form(local, form, "theirs", headers))
    assert RIGHTS_WORDS["by_command"] in told
    assert "theirs.parquet" not in stored(folder)


def test_a_public_server_changes_nothing_even_for_its_neighbours(folder, public, form):
    told = awaited(send_form(public, form, "theirs", {}))
    assert RIGHTS_WORDS["by_command"] in told
    assert any(text.startswith("python -m geo areas import") for text in told)
    assert "theirs.parquet" not in stored(folder)


SECRETS = """
[auth]
redirect_uri = "http://127.0.0.1/oauth2callback"
cookie_secret = "only for this test"
client_id = "frontline"
client_secret = "none"
server_metadata_url = "http://127.0.0.1/.well-known/openid-configuration"
[roles]
writer = ["Olena@example.org"]
"""


@pytest.fixture(scope="module")
def signed_in_server(folder, tmp_path_factory):
    secrets = tmp_path_factory.mktemp("secrets") / "secrets.toml"
    secrets.write_text(SECRETS, encoding="utf-8")
    with serve(folder, "--public", f"--secrets.files={secrets}") as address:
        yield address


@pytest.mark.parametrize(
    ("user", "stands"),
    [
        ({"email": "olena@example.org", "email_verified": True}, True),
        ({"email": "olena@example.org", "email_verified": False}, False),
        ({"email": "olena@example.org"}, False),
        ({"email": "other@example.org", "email_verified": True}, False),
    ],
    ids=["writer", "not verified", "verified by nobody", "no role"],
)
def test_only_who_signed_in_with_a_role_imports(folder, signed_in_server, form, user, stands):
    claims = {"origin": signed_in_server, "is_logged_in": True, **user}
    cookie = create_signed_value("only for this test", "_streamlit_user", json.dumps(claims))
    headers = {"Cookie": f"_streamlit_user={cookie.decode()}", "Origin": signed_in_server}
    series = "signed" if stands else "unsigned"
    told = awaited(send_form(signed_in_server, form, series, headers))
    assert (f"{series}.parquet" in stored(folder)) == stands
    assert (f"{series}: 1 file, 1 day." in told) == stands
    assert RIGHTS_WORDS["sign_out"] in told


def test_what_writes_refuses_by_itself(monkeypatch):
    monkeypatch.setenv(LOCAL, "yes")  # no request comes with headers here
    assert not may(Role.WRITER)
    with pytest.raises(RefusalError, match="role of writer"):
        import_uploads([], series_id="theirs")
    require(Role.READER)


def test_uploads_of_all_readers_together_have_a_bound(monkeypatch):
    monkeypatch.setattr(uploads, "LARGEST", 250)
    store = uploads.BoundedUploads("/upload")

    def upload(reader, name):
        store.add_file(reader, UploadedFileRec(name, name, "text/plain", b"x" * 100))

    upload("one", "a")
    upload("two", "b")
    with pytest.raises(HTTPException, match="no room"):
        upload("three", "c")
    store.remove_session_files("one")
    upload("three", "c")
    monkeypatch.setattr(uploads, "MOST", 2)
    with pytest.raises(HTTPException, match="no room"):
        upload("three", "d")
