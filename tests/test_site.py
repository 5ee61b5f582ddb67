"""The site as files: complete, linked, described, the same each time, made anew only where needed."""

import gzip
import io
import json
import os
import re
import shutil
import signal
from datetime import date
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import brotli
import feedparser
import html5lib
import pytest
from PIL import Image

from geo.__main__ import main
from geo.files.load import load_dataset
from geo.model import Lang
from geo.site.check import look, resolve
from geo.site.state import STATE
from geo.wording import alphabetical, speak
from tests.geopackage import files_of_project
from tests.hostile import put_everywhere
from tests.some import PLACES, cut_ledger

BASE = "https://example.org/claims/"
LANGS = {"": "en", "uk/": "uk", "ru/": "ru"}


def bake(out, data, *options, cores="1"):
    return main(["site", str(out), "--base", BASE, "--data", str(data), "--cores", cores, *options])


def contents(out):
    """Give path to bytes of all that a reader can ask for."""
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in out.rglob("*")
        if path.is_file() and STATE not in path.parts
    }


@pytest.fixture(scope="module", autouse=True)
def compressed_once():
    """The same scripts and styles are in every site baked here, and take a second to compress."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(brotli, "compress", cache(brotli.compress))
        yield


@pytest.fixture(scope="session")
def some_folder(tmp_path_factory):
    oblasts = ("luhansk-oblast", "kursk-oblast")
    return cut_ledger(tmp_path_factory.mktemp("some") / "data", oblasts=oblasts)


@pytest.fixture(scope="session")
def baked(some_folder, tmp_path_factory):
    out = tmp_path_factory.mktemp("site") / "out"
    assert bake(out, some_folder) == 0
    return out


@pytest.fixture(scope="session")
def pages(baked):
    return {
        path.relative_to(baked).as_posix(): path.read_text(encoding="utf-8")
        for path in baked.rglob("*.html")
    }


def test_what_every_site_has(baked):
    for name in ("index.html", "feed.xml", "feed.json", "sitemap.xml", "robots.txt", "404.html",
                 "worker.js", "data/versions.json", "data/ledger.csv", "data/ledger.gpkg"):  # fmt: skip
        assert (baked / name).is_file(), name
    for place in PLACES:
        for folder in LANGS:
            for file in ("index.html", "card.png", "feed.xml", "feed.json", "oembed.json"):
                assert (baked / folder / "place" / place / file).is_file()
    assert files_of_project(baked / "data/ledger.gpkg") == {"ledger.gpkg"}


def test_every_page_has_title_language_card_and_place_in_the_set(baked, pages):
    assert len(pages) > 200
    for path, html in pages.items():
        folder = next((f for f in ("uk/", "ru/") if path.startswith(f)), "")
        assert f'<html lang="{LANGS[folder]}">' in html
        assert re.search(r"<title>[^<]+</title>", html)
        assert "Content-Security-Policy" in html
        assert "unsafe-" not in html
        card = re.search(r'og:image" content="([^"]+)"', html).group(1)
        assert card.startswith(BASE)
        assert (baked / card.removeprefix(BASE)).is_file()
        canonical = re.search(r'rel="canonical" href="([^"]+)"', html).group(1)
        if path == "404.html":
            for lang, title in (("uk", "Такої сторінки немає"), ("ru", "Такой страницы нет")):
                assert re.search(rf'<section lang="{lang}">\s*<h2>{title}</h2>', html)
            continue
        assert canonical == BASE + path.removesuffix("index.html")
        bare = path.removeprefix(folder)
        for other, lang in LANGS.items():
            address = f"{BASE}{other}{bare.removesuffix('index.html')}"
            assert f'hreflang="{lang}" href="{address}"' in html
            assert (baked / other / bare).is_file()


def test_pages_are_valid_html(pages):
    kinds = {}
    for path, html in pages.items():
        kinds.setdefault(re.sub(r"[^/]+/index", "*/index", path), html)
    for sample in (*kinds.values(), *list(pages.values())[::25]):
        html5lib.HTMLParser(strict=True).parse(sample)


def test_every_link_leads_somewhere(baked, pages):
    for path, html in pages.items():
        seen = look(path, html.encode())
        assert not seen.loads
        for target in seen.inside:
            target = target.removeprefix("/claims/") or "index.html"
            where = baked / target
            assert (where / "index.html" if where.is_dir() else where).is_file(), (path, target)


@pytest.mark.parametrize(
    ("page", "link", "file"),
    [
        ("index.html", "place/x/", "place/x/index.html"),
        ("uk/place/x/index.html", "../../../", "index.html"),
        ("uk/place/x/index.html", "../../", "uk/index.html"),
        ("place/x/index.html", "feed.xml", "place/x/feed.xml"),
        ("place/index.html", "../assets/a.css", "assets/a.css"),
        ("index.html", "./", "index.html"),
    ],
)
def test_links_are_resolved_as_a_browser_does(page, link, file):
    assert resolve(page, link) == file


def test_what_pages_say_for_machines(pages, some_folder):
    dataset = load_dataset(some_folder)
    kinds, claims = set(), {}
    for html in pages.values():
        for text in re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.S):
            for node in json.loads(text)["@graph"]:
                kinds.add(node["@type"])
                if node["@type"] == "Claim":
                    claims[node["@id"].partition("#")[2]] = node
    assert {"Dataset", "Claim"} <= kinds
    assert "ClaimReview" not in kinds
    assert set(claims) == set(dataset.claims.index)
    one = claims["siversk-2025-12-11-ru-putin"]
    assert one["datePublished"] == "2025-12-11"
    assert one["author"]["name"] == dataset.claimants["name"]["ru-putin"]
    assert one["firstAppearance"]["url"].startswith("http")
    assert one["spatialCoverage"]["geo"]["latitude"] == pytest.approx(48.86, abs=0.01)


def test_cards_are_small_and_of_the_size_that_networks_show(baked):
    cards = list(baked.rglob("card.png"))
    assert len(cards) > 100
    for card in cards:
        assert card.stat().st_size <= 120_000
        with Image.open(card) as picture:
            assert picture.size == (1200, 630)
    speaking = [(baked / folder / "place/siversk/card.png").read_bytes() for folder in LANGS]
    assert len(set(speaking)) == 3


def test_feeds_are_read_by_others_and_keep_their_ids(baked):
    ids = {}
    for folder in LANGS:
        read = feedparser.parse((baked / folder / "feed.xml").read_bytes())
        assert not read.bozo
        ids[folder] = [entry.id for entry in read.entries]
        assert [entry.updated for entry in read.entries] == sorted(
            (entry.updated for entry in read.entries), reverse=True
        )
        other = json.loads((baked / folder / "feed.json").read_text())
        assert other["version"] == "https://jsonfeed.org/version/1.1"
        assert [item["id"] for item in other["items"]] == ids[folder]
        assert all(item["url"].startswith(BASE + folder) for item in other["items"])
    assert ids[""] == ids["uk/"] == ids["ru/"]
    place = feedparser.parse((baked / "place/siversk/feed.xml").read_bytes())
    assert {entry.id for entry in place.entries} & set(ids[""])
    assert place.feed.language == "en" or place.feed.title.endswith("Siversk")


def test_the_list_of_pages(baked, pages):
    root = ElementTree.fromstring((baked / "sitemap.xml").read_bytes())
    found = {loc.text for loc in root.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")}
    hidden = {p for p in pages if p == "404.html" or p.endswith("embed/index.html")}
    assert found == {BASE + p.removesuffix("index.html") for p in set(pages) - hidden}
    assert f"Sitemap: {BASE}sitemap.xml" in (baked / "robots.txt").read_text()


def test_what_is_compressed_beforehand_is_the_same(baked):
    twins = [*baked.rglob("*.gz"), *baked.rglob("*.br")]
    assert len(twins) > 50
    for twin in twins:
        plain = twin.with_suffix("").read_bytes()
        unpack = gzip.decompress if twin.suffix == ".gz" else brotli.decompress
        assert unpack(twin.read_bytes()) == plain


def test_the_first_paint_is_light(baked):
    html = (baked / "index.html").read_text(encoding="utf-8")
    sources = json.loads(re.search(r'id="sources">(.*?)</script>', html).group(1))
    needed = [sources[key] for key in ("ledger", "borders", "words")]
    needed += re.findall(r'(?:src|href)="(assets/[^"]+\.(?:js|css))"', html)
    sizes = [
        (baked / f"{name}.br").stat().st_size
        for name in {*needed}
        if (baked / f"{name}.br").exists()
    ]
    assert len(set(needed)) + 2 <= 12  # with the page itself and its icon
    assert sum(sizes) + len(brotli.compress(html.encode())) <= 200_000


def test_the_second_run_changes_no_byte(baked, some_folder, capsys):
    before = {p: (p.stat().st_mtime_ns, p.stat().st_size) for p in baked.rglob("*") if p.is_file()}
    assert bake(baked, some_folder) == 0
    assert "\n0 made," in capsys.readouterr().out
    assert before == {
        p: (p.stat().st_mtime_ns, p.stat().st_size) for p in baked.rglob("*") if p.is_file()
    }


LIGHT = ("--cards", "none", "--lang", "en,uk")


@pytest.fixture(scope="session")
def light_folder(tmp_path_factory):
    """A ledger of few days: enough to go wrong in, and baked in a moment."""
    data = tmp_path_factory.mktemp("few") / "data"
    return cut_ledger(data, ("siversk", "sudzha"), ("luhansk-oblast",))


@pytest.fixture(scope="session")
def light(light_folder, tmp_path_factory):
    out = tmp_path_factory.mktemp("light") / "out"
    assert bake(out, light_folder, *LIGHT) == 0
    return out


@pytest.fixture
def changed_folder(light_folder, tmp_path):
    """The same ledger with two statements more, of its newest day and of one long before."""
    newest = load_dataset(light_folder).last_day
    folder = tmp_path / "changed"
    shutil.copytree(light_folder, folder)
    with (folder / "claims.csv").open("a", encoding="utf-8") as file:
        for day in (newest, date(2025, 9, 1)):
            file.write(
                f"siversk-{day}-ru-mod,siversk,{day},,ru-mod,holds,russia,It said so.,"
                "TASS,Held,https://example.org/1\n"
            )
    return folder


def test_a_statement_more_makes_what_a_bake_from_nothing_makes(light, changed_folder, tmp_path):
    out = tmp_path / "out"
    shutil.copytree(light, out)
    old = {p.relative_to(out).as_posix(): p.stat().st_mtime_ns for p in out.rglob("*.html")}
    assert bake(out, changed_folder, *LIGHT) == 0
    fresh = tmp_path / "fresh"
    assert bake(fresh, changed_folder, *LIGHT) == 0
    grown, whole = contents(out), contents(fresh)
    versions = json.loads(grown.pop("data/versions.json"))
    assert json.loads(whole.pop("data/versions.json")) == versions[-1:]
    assert len(versions) == 2
    gone = grown.keys() - whole.keys()  # a page that is open may still ask for them
    assert gone == {p for p in contents(light) if p.startswith("assets/")} - whole.keys()
    assert whole.keys() <= grown.keys()
    assert [path for path in whole if whole[path] != grown[path]] == []
    touched = [
        p for p, at in old.items() if (out / p).exists() and (out / p).stat().st_mtime_ns != at
    ]
    assert "place/siversk/index.html" in touched
    assert "place/sudzha/index.html" not in touched
    assert "day/2024-08-06/index.html" not in touched


class StopError(Exception):
    pass


def test_a_bake_that_was_stopped_goes_on(light, light_folder, tmp_path, monkeypatch):
    from geo.site import bake as baking

    done = []

    def stop_soon(site, job, *, last=60):
        done.append(job.name)
        if len(done) > last:
            raise StopError
        return real(site, job)

    real = baking.run
    out = tmp_path / "out"
    monkeypatch.setattr(baking, "run", stop_soon)
    with pytest.raises(StopError):
        bake(out, light_folder, *LIGHT)
    assert not (out / "index.html").exists()  # nothing half-made is to be read
    kept = len((out / STATE / "journal").read_text(encoding="utf-8").splitlines())
    assert kept >= 48
    done.clear()
    monkeypatch.setattr(
        baking, "run", lambda site, job: (done.append(job.name), real(site, job))[1]
    )
    assert bake(out, light_folder, *LIGHT) == 0
    assert contents(out) == contents(light)
    jobs = json.loads((out / STATE / "made.json").read_text())["jobs"]
    assert len(done) == len(jobs) - 3 - kept


def test_two_cores_and_a_cluster_make_the_same_bytes(tiny_folder, cluster, tmp_path):
    assert bake(tmp_path / "one", tiny_folder, "--lang", "uk") == 0
    one = contents(tmp_path / "one")
    assert bake(tmp_path / "two", tiny_folder, "--lang", "uk", cores="2") == 0
    assert contents(tmp_path / "two") == one
    assert bake(tmp_path / "cluster", tiny_folder, "--lang", "uk", "--cluster", cluster) == 0
    assert contents(tmp_path / "cluster") == one


def test_a_process_that_dies_is_told_with_its_jobs(tiny_folder, tmp_path, monkeypatch, capsys):
    def die(work):  # sent by value: no process imports all that is imported here, only to die
        os.kill(os.getpid(), signal.SIGKILL)

    monkeypatch.setattr("geo.site.bake._work", die)
    with pytest.raises(SystemExit) as end:
        bake(tmp_path / "out", tiny_folder, *LIGHT, cores="2")
    assert end.value.code == 2
    told = capsys.readouterr().err
    assert re.search(r"a process died twice, .* at one of worker/-[, ]", told)
    assert "Traceback" not in told
    assert not (tmp_path / "out/index.html").exists()


def test_a_cluster_that_does_not_answer_is_refused(tiny_folder, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("geo.parallel.PATIENCE", 1)
    with pytest.raises(SystemExit) as end:
        bake(tmp_path / "out", tiny_folder, "--cluster", "tcp://127.0.0.1:9")
    assert end.value.code == 2
    assert "no Dask scheduler answers at 'tcp://127.0.0.1:9'" in capsys.readouterr().err
    assert not (tmp_path / "out/index.html").exists()


def test_files_are_moved_before_what_names_them(tmp_path, monkeypatch):
    from geo.site import bake as baking

    new, out = tmp_path / "new", tmp_path / "out"
    waiting = ("a/index.html", "assets/map.js", "b/index.html", "b/card.png", "worker.js",
               "b/index.html.br", "sitemap.xml")  # fmt: skip
    for folder, paths in ((new, waiting), (out, ("a/index.html", "worker.js"))):
        for path in paths:
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(f"{folder.name} {path}")
    real, moved = Path.replace, []

    def note(self, target):
        moved.append(self.relative_to(new).as_posix())
        return real(self, target)

    monkeypatch.setattr(Path, "replace", note)
    assert baking._move(new, out) == len(waiting)
    assert [*moved] == [
        *("assets/map.js", "b/card.png"),  # what pages name
        *("b/index.html", "b/index.html.br"),  # a new page, which others name
        "a/index.html",
        *("sitemap.xml", "worker.js"),
    ]
    assert (out / "a/index.html").read_text() == "new a/index.html"


def test_cards_and_languages_are_by_choice(tiny_folder, tmp_path):
    out = tmp_path / "out"
    assert bake(out, tiny_folder, "--cards", "none", "--lang", "uk,en") == 0
    assert {p.relative_to(out).as_posix() for p in out.rglob("card.png")} == {
        "card.png",
        "en/card.png",
    }
    html = (out / "place/siversk/index.html").read_text(encoding="utf-8")
    assert '<html lang="uk">' in html
    assert f'og:image" content="{BASE}card.png"' in html
    assert (out / "en/place/siversk/index.html").is_file()
    assert not (out / "ru").exists()


def test_cards_of_what_changed_are_those_of_the_newest_days(tiny_folder, tmp_path):
    """The newest day is 2025-12-23; 90 days are those from 2025-09-25 on."""
    path, out = tiny_folder / "area_claims.csv", tmp_path / "out"
    once = path.read_text(encoding="utf-8")
    some = ("--cards", "changed", "--lang", "en")

    def cards_with(day):
        path.write_text(once.replace("2025-07-01", day), encoding="utf-8")
        assert bake(out, tiny_folder, *some) == 0  # no page names a card that is not there
        return {card.relative_to(out).parent.as_posix() for card in out.rglob("card.png")}

    newest = {".", "place/siversk", "speaker/ru-mod", "speaker/ua-staff"}
    newest |= {"day/2025-12-11", "day/2025-12-23"}
    area = "oblast/luhansk-oblast"
    assert cards_with("2025-09-24") == newest
    html = (out / area / "index.html").read_text(encoding="utf-8")
    assert f'og:image" content="{BASE}card.png"' in html
    assert cards_with("2025-09-25") == newest | {area, "day/2025-09-25"}
    assert cards_with("2025-09-24") == newest
    assert cards_with("2025-09-23") == newest
    ledgers = [path for path in contents(out) if path.startswith("assets/ledger-")]
    assert len([path for path in ledgers if path.endswith(".json")]) == 2  # this and the one before


def test_a_place_that_goes_takes_its_files_along(tiny_folder, tmp_path):
    out = tmp_path / "out"
    assert bake(out, tiny_folder, *LIGHT) == 0
    assert (out / "place/sudzha/index.html").is_file()
    path = tiny_folder / "settlements.csv"
    lines = [line for line in path.read_text().splitlines() if not line.startswith("sudzha")]
    path.write_text("\n".join([*lines, ""]))
    assert bake(out, tiny_folder, *LIGHT) == 0
    assert not (out / "place/sudzha").exists()
    assert not (out / "uk/place/sudzha").exists()


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--base", "example.org"], "is no address"),
        (["--base", "ftp://example.org/"], "is no address"),
        (["--base", "https://example.org/?x=1"], "is no address"),
        (["--base", "https://example.org/", "--cores", "0"], "'0' is no number of processes"),
    ],
)
def test_bad_options_are_refused(options, sentence, tmp_path, capsys):
    with pytest.raises(SystemExit) as end:
        main(["site", str(tmp_path / "out"), *options])
    assert end.value.code == 2
    assert sentence in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_the_base_may_stand_in_the_environment(tiny_folder, tmp_path, monkeypatch, capsys):
    monkeypatch.delenv("FRONTLINE_BASE", raising=False)
    arguments = ["site", str(tmp_path / "out"), "--data", str(tiny_folder), "--cores", "1"]
    with pytest.raises(SystemExit) as end:
        main(arguments)
    assert end.value.code == 2
    assert "FRONTLINE_BASE" in capsys.readouterr().err
    monkeypatch.setenv("FRONTLINE_BASE", "https://example.net")
    assert main([*arguments, "--cards", "none", "--lang", "en"]) == 0
    html = (tmp_path / "out/index.html").read_text(encoding="utf-8")
    assert 'rel="canonical" href="https://example.net/"' in html


def test_pictures_print_the_whole_address(tiny_folder, tmp_path, monkeypatch):
    monkeypatch.setenv("FRONTLINE_BASE", "https://example.net/map")
    out = tmp_path / "siversk.svg"
    options = ["--date", "2025-12-11", "--place", "siversk", "--out", str(out)]
    assert main(["snapshot", *options, "--data", str(tiny_folder)]) == 0
    assert "https://example.net/map/?date=2025-12-11" in out.read_text(encoding="utf-8")


def test_the_policy_of_the_server_is_that_of_the_pages():
    from geo.site.web import POLICY

    assert f'Content-Security-Policy "{POLICY}"' in Path("deploy/site.conf").read_text()


def test_the_desk_publishes_into_the_site_and_what_is_retracted_keeps_its_address(
    tiny_folder, tmp_path, capsys
):
    out = tmp_path / "out"
    gone, other = "siversk-2025-12-23-ua-staff", "siversk-2025-12-11-ru-mod"
    where = ["--data", str(tiny_folder), "--by"]
    main(["desk", "retract", gone, "--reason", "Never <said>", *where, "Anna"])
    main(["desk", "amend", other, "--set", "outlet=RIA", "--reason", "By RIA", *where, "Anna"])
    main(["desk", "accept", "1", "2", *where, "Boris"])
    light = ["--site", str(out), "--cores", "1", *LIGHT]
    with pytest.raises(SystemExit) as end:
        main(["desk", "publish", *where, "Boris", *light])  # of no address
    assert end.value.code == 2
    assert "2 proposals" not in capsys.readouterr().out
    assert main(["desk", "publish", *where, "Boris", *light, "--base", BASE]) == 0
    assert "2 proposals published" in capsys.readouterr().out
    html = (out / "place/siversk/index.html").read_text(encoding="utf-8")
    html5lib.HTMLParser(strict=True).parse(html)
    (item,) = re.findall(rf'<li id="{gone}">.*?</li>', html)
    assert "Never &lt;said&gt;" in item
    assert "It left." in item
    assert f'data-claim="{gone}"' not in html
    assert "outlet of siversk-2025-12-11-ru-mod: “TASS” became “RIA”" in html
    html = (out / "uk/day/2025-12-23/index.html").read_text(encoding="utf-8")
    html5lib.HTMLParser(strict=True).parse(html)
    assert "Заяв від 23 грудня 2025 року у реєстрі немає." in html
    assert "Never &lt;said&gt;." in html
    for page in ("uk/speaker/ua-staff/index.html", "changes/2025-12-22/index.html"):
        assert f'<li id="{gone}">' in (out / page).read_text(encoding="utf-8")
    assert (out / "data/day/2025-12-23.json").is_file()
    assert "Never &lt;said&gt;" in html
    assert 'rel="prev" href="../../../uk/day/2025-12-11/"' in html
    assert (
        "<loc>https://example.org/claims/day/2025-12-23/</loc>" in (out / "sitemap.xml").read_text()
    )
    feed = feedparser.parse((out / "uk/feeds/corrections.xml").read_bytes())
    assert [entry.link for entry in feed.entries] == [
        f"{BASE}uk/place/siversk/#{gone}",
        f"{BASE}uk/place/siversk/#{other}",
    ]
    assert "Never" in (out / "data/package/corrections.csv").read_text()
    assert (out / "data/package/history.jsonl").is_file()
    assert "Never &lt;said&gt;" in (out / "method/index.html").read_text(encoding="utf-8")


def test_what_is_accepted_is_told_before_it_is_published(tiny_folder, tmp_path):
    out, key = tmp_path / "out", "siversk-2025-12-11-ru-mod"
    where = ["--data", str(tiny_folder), "--by"]
    main(["desk", "amend", key, "--set", "outlet=RIA", "--reason", "By RIA", *where, "Anna"])
    main(["desk", "accept", "1", *where, "Boris"])
    asked = ["site", str(out), "--base", BASE, "--data", str(tiny_folder), "--cores", "1", *LIGHT]
    assert main(asked) == 0
    html = (out / "place/siversk/index.html").read_text(encoding="utf-8")
    assert f"outlet of {key}: “TASS” became “RIA”. Reason: By RIA" in html
    table = (out / "data/package/corrections.csv").read_text(encoding="utf-8")
    assert table.splitlines()[-1].endswith(f"{key},outlet,TASS,RIA,By RIA")


def test_every_language_speaks_its_own_words(pages):
    titles = {
        f: re.search(r"<h1>(.*?)</h1>", pages[f"{f}place/siversk/index.html"])[1] for f in LANGS
    }
    assert titles == {"": "Siversk", "uk/": "Сіверськ", "ru/": "Северск"}
    for lang in Lang:
        folder = "" if lang is Lang.EN else f"{lang}/"
        assert "{" not in re.sub(
            r"<script.*?</script>", "", pages[f"{folder}disagreements/index.html"], flags=re.S
        )


def test_lists_say_up_to_which_day_and_stand_in_the_order_of_their_alphabet(pages):
    for key in ("place", "oblast", "disagreements", "confirmation"):
        told = re.search(r'<p class="story">(.*?)</p>', pages[f"{key}/index.html"])[1]
        assert re.search(r"Statements found up to \d+ \w+ 202\d\.$", told)
    speak(Lang.UK)
    assert sorted(["Яблунівка", "Іванівка", "Єнакієве", "Ґава", "Авдіївка"], key=alphabetical) == [
        "Авдіївка", "Ґава", "Єнакієве", "Іванівка", "Яблунівка",
    ]  # fmt: skip
    speak(Lang.EN)


def test_a_day_as_data_has_its_statements_on_oblasts(baked):
    told = json.loads((baked / "data/day/2025-12-23.json").read_text())
    areas = {row["area_id"]: row for row in told["areas"]}
    assert areas["luhansk-oblast"]["russia"]["stated_on"] <= "2025-12-23"


def test_the_data_of_a_day(baked):
    day = json.loads((baked / "data/day/2025-12-11.json").read_text())
    (siversk,) = [row for row in day["standing"] if row["settlement_id"] == "siversk"]
    assert siversk["status"] == "disputed"
    assert siversk["russia"]["claim_id"] == "siversk-2025-12-11-ru-putin"
    assert day["as_of"] == day["known_by"] == "2025-12-11"


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph")  # rdflib, which mlcroissant reads with
def test_other_programs_read_the_descriptions(baked, tmp_path):
    from rocrate.rocrate import ROCrate

    crate = ROCrate(baked / "data")
    assert {"ledger.csv", "package/claims.csv"} <= {e.id for e in crate.get_entities()}
    import mlcroissant as mlc

    told = json.loads((baked / "data/croissant.json").read_text())
    told["distribution"][0]["contentUrl"] = str((baked / "data/ledger.csv").resolve())
    local = tmp_path / "croissant.json"
    local.write_text(json.dumps(told))
    described = mlc.Dataset(local)
    assert not described.metadata.issues.errors
    rows = list(described.records("statements"))
    assert len(rows) == len((baked / "data/ledger.csv").read_text().splitlines()) - 1


ATTACK = '</script><script>window.hacked=1</script><img src=x onerror=hacked=1>{{7*7}}" onclick="x'


@pytest.fixture
def hostile_folder(tiny_folder):
    return put_everywhere(tiny_folder, ATTACK)


def bad_elements(html):
    """Give what no page of ours may hold."""
    for element in html5lib.parse(html, namespaceHTMLElements=False).iter():
        if not isinstance(element.tag, str):
            continue
        if any(name.startswith("on") or name == "style" for name in element.attrib):
            yield element
        data = {"application/json", "application/ld+json"}
        if element.tag == "script" and not (element.get("src") or element.get("type") in data):
            yield element
        if element.tag == "img" and element.get("src") == "x":
            yield element
        outside = element.tag == "a" and element.get("href", "").startswith("http")
        if outside and element.get("rel") != "noopener noreferrer":
            yield element


def test_text_of_strangers_runs_on_no_page(hostile_folder, tmp_path):
    out = tmp_path / "out"
    assert bake(out, hostile_folder) == 0
    pages = list(out.rglob("*.html"))
    assert any("&lt;/script&gt;" in page.read_text(encoding="utf-8") for page in pages)
    for page in pages:
        assert list(bad_elements(page.read_text(encoding="utf-8"))) == [], page
    for feed in out.rglob("feed.xml"):
        assert not feedparser.parse(io.BytesIO(feed.read_bytes())).bozo
    for file in out.rglob("*.json"):
        json.loads(file.read_text(encoding="utf-8"))


def test_the_colours_of_the_pages_are_those_of_the_map():
    from geo.style import COLOURS

    text = (Path("geo/page/site.css")).read_text(encoding="utf-8")
    for name, colour in COLOURS.items():
        assert re.search(rf"\.key\.{name}::before {{[^}}]*{colour}", text)
