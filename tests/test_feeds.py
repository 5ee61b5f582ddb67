"""Feeds are watched: asked politely, read once, proposed by the program and accepted by nobody."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from geo.__main__ import main
from geo.desk import DeskError
from geo.desk.acts import decide, propose
from geo.desk.desk import open_desk
from geo.desk.events import What
from geo.desk.feeds import read_feeds
from geo.desk.proposals import State
from geo.desk.review import PROGRAM
from geo.desk.store import close_stores, latest
from tests.some import draft

RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>Example</title>
<item><title>Town taken</title><link>https://example.org/1</link>
<pubDate>Thu, 11 Dec 2025 10:00:00 GMT</pubDate>
<description>&lt;p&gt;Russian Ministry of Defence said that it had captured
Siversk.&lt;/p&gt;&lt;script&gt;x&lt;/script&gt;</description></item>
<item><title>Rain</title><link>https://example.org/2</link><description>It rained.</description></item>
</channel></rss>"""
# The same said on no day that can be told, before it.
UNDATED = "<item><title>Town taken</title><link>https://example.org/4</link><description>Russian \
Ministry of Defence said that it had captured Siversk.</description></item>"
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Other</title><entry><title>Snow</title>
<link href="https://example.org/3"/><updated>2025-12-11T00:00:00Z</updated>
<summary>It snowed.</summary></entry></feed>"""
CHANGED = "Thu, 11 Dec 2025 10:00:00 GMT"


@pytest.fixture
def server():
    """Serve feeds on loopback, with an ETag or the day of the last change; counts what was asked."""
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            tag, since = (
                self.headers.get(f"If-{name}") for name in ("None-Match", "Modified-Since")
            )
            asked.append((self.path, tag or since))
            if self.path == "/moved":
                self.send_response(302)
                self.send_header("Location", "/rss")
                self.end_headers()
            elif tag == '"v1"' or since == CHANGED:
                self.send_response(304)
                self.end_headers()
            else:
                content = {
                    "/rss": RSS,
                    "/dated": RSS,
                    "/undated": RSS.replace("<item>", f"{UNDATED}<item>", 1),
                    "/nowhere": RSS.replace("https://example.org/2", "mailto:a@example.org"),
                    "/tracked": RSS.replace("org/1", "org/1?utm_source=rss&amp;id=5#!/news"),
                    "/atom": ATOM,
                    "/first": ATOM.replace("2025-12-11", "0001-01-01").replace(
                        "It snowed",
                        "Russian Ministry of Defence said yesterday that it held Siversk",
                    ),
                    "/year-0": ATOM.replace("2025-12-11", "0000-00-00"),
                    "/huge": "x" * 11_000_000,
                }.get(self.path, "?")
                self.send_response(200)
                dated = self.path == "/dated"
                self.send_header(*(("Last-Modified", CHANGED) if dated else ("ETag", '"v1"')))
                self.end_headers()
                try:
                    self.wfile.write(content.encode())
                except OSError:
                    self.close_connection = True  # the reader had enough

        def log_message(self, *_):
            pass

    running = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=running.serve_forever, daemon=True).start()
    running.asked = asked
    running.at = f"http://127.0.0.1:{running.server_port}"
    yield running
    running.shutdown()
    running.server_close()
    close_stores()


def feeds_file(folder, server, *paths, local="true"):
    lines = ["pause = 0"]
    for path in paths:
        lines += [
            "[[feed]]",
            f'name = "Example {path}"',
            f'url = "{server.at}{path}"',
            f"local = {local}",
        ]
    file = folder / "feeds.toml"
    file.write_text("\n".join(lines), encoding="utf-8")
    return file


def watch(file, data, capsys):
    assert main(["desk", "watch", str(file), "--data", str(data)]) == 0
    return capsys.readouterr().out.splitlines()


def test_what_is_found_waits_for_people(server, tiny_folder, tmp_path, capsys):
    file = feeds_file(tmp_path, server, "/rss", "/atom")
    told = watch(file, tiny_folder, capsys)
    assert told == [
        "Example /rss: 2 new articles, 1 statements proposed, 0 candidates left open",
        "Example /atom: 1 new articles, 0 statements proposed, 0 candidates left open",
    ]
    (proposal,) = latest(open_desk(tiny_folder).store).proposals.values()
    assert proposal.state == State.PROPOSED
    assert proposal.by == PROGRAM
    assert proposal.row["settlement_id"] == "siversk"
    assert proposal.row["claimant_id"] == "ru-mod"
    assert proposal.row["stated_on"] == "2025-12-11"
    assert proposal.row["url"] == "https://example.org/1"


def test_what_the_desk_has_accepted_is_known_to_it(server, tiny_folder, tmp_path, capsys):
    settlements = tiny_folder / "settlements.csv"
    named, other = "siversk,Siversk,Сіверськ,Северск", "siversk,Nowhere,Ніде,Нигде"
    text = settlements.read_text().replace(named, other).replace("10875,Seversk", "10875,")
    settlements.write_text(text)
    where = ["--data", str(tiny_folder), "--by"]
    change = ["desk", "amend", "siversk", "--set", "aliases=Siversk", "--reason", "its name"]
    assert main([*change, *where, "Anna"]) == 0
    assert main(["desk", "accept", "1", *where, "Boris"]) == 0
    capsys.readouterr()
    (told,) = watch(feeds_file(tmp_path, server, "/rss"), tiny_folder, capsys)
    assert told == "Example /rss: 2 new articles, 1 statements proposed, 0 candidates left open"


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/undated", "3 new articles, 1 statements proposed, 1 candidates left open"),
        ("/first", "1 new articles, 0 statements proposed, 1 candidates left open"),
        (
            "/nowhere",
            "1 new articles, 1 statements proposed, 0 candidates left open, 1 entries without an "
            "address",
        ),
    ],
)
def test_a_candidate_without_a_day_is_counted_and_the_rest_is_read(
    server, tiny_folder, tmp_path, capsys, path, told
):
    file = feeds_file(tmp_path, server, path)
    assert watch(file, tiny_folder, capsys) == [f"Example {path}: {told}"]


def test_the_program_is_no_second_person(server, tiny_folder, tmp_path, capsys):
    watch(feeds_file(tmp_path, server, "/rss"), tiny_folder, capsys)
    desk = open_desk(tiny_folder)
    propose(desk, [draft()], by="Anna")
    with pytest.raises(DeskError, match="a second person must accept it"):
        decide(desk, 2, What.ACCEPT, by="Anna")
    assert decide(desk, 2, What.ACCEPT, by="Anna", alone=True).alone
    assert decide(desk, 1, What.ACCEPT, by="Anna").state == State.ACCEPTED


def test_what_follows_a_reader_is_left_out_of_addresses(server, tiny_folder, tmp_path, capsys):
    watch(feeds_file(tmp_path, server, "/tracked"), tiny_folder, capsys)
    (proposal,) = latest(open_desk(tiny_folder).store).proposals.values()
    assert proposal.row["url"] == "https://example.org/1?id=5#!/news"


@pytest.mark.parametrize(("path", "known"), [("/rss", '"v1"'), ("/dated", CHANGED)])
def test_an_article_is_read_once_and_a_feed_asked_for_news_alone(
    server, tiny_folder, tmp_path, capsys, path, known
):
    file = feeds_file(tmp_path, server, path)
    watch(file, tiny_folder, capsys)
    (again,) = watch(file, tiny_folder, capsys)
    assert again.startswith(f"Example {path}: 0 new articles, 0 statements")
    assert server.asked == [(path, None), (path, known)]
    assert len(latest(open_desk(tiny_folder).store).proposals) == 1


def test_a_dead_feed_is_one_line_and_not_the_end(server, tiny_folder, tmp_path, capsys):
    file = feeds_file(tmp_path, server, "/text", "/moved", "/huge", "/year-0", "/rss")
    text, moved, huge, year, rss = watch(file, tiny_folder, capsys)
    assert "neither RSS nor Atom" in text
    assert "answers 302" in moved
    assert "larger than 10 MB" in huge
    assert "1 new articles" in year
    assert "1 statements proposed" in rss
    assert "/rss" not in [path for path, _ in server.asked[:2]]  # the redirect was not followed


def test_only_public_addresses_are_asked_unless_the_file_says(
    server, tiny_folder, tmp_path, capsys
):
    (told,) = watch(feeds_file(tmp_path, server, "/rss", local="false"), tiny_folder, capsys)
    assert "not on a public address; say `local = true`" in told
    assert server.asked == []


def test_a_file_of_feeds_that_cannot_be_read_is_one_sentence():
    for text in ("feed = 1", "[[feed]]\nname = 'x'", "pause = 'x'", "pause = -1\nfeed = []", "["):
        with pytest.raises(DeskError):
            read_feeds(text)
