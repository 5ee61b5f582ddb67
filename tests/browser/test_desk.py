"""The desk in a browser: from a text to three proposals, reviewed by keys; signing in for real."""

import json
import shutil
import socket
import subprocess
import sys
from contextlib import contextmanager
from statistics import median
from time import monotonic

import pytest
from playwright.sync_api import expect

from geo.desk import open_ledger
from geo.desk.desk import latest_log
from geo.desk.store import close_stores
from geo.files.load import load_dataset
from geo.model import Lang
from geo.wording import DESK_WORDS
from tests.browser.app import ROOT, serve, settled, wait_for
from tests.browser.test_access import in_the_dark, violations

TEXT = (
    "Russia's Defence Ministry said on Friday that its troops had captured Siversk, Vovchansk and "
    "Huliaipole. <b onclick=alert(1)>Kyiv</b> did not comment."
)
QUOTE = TEXT.partition(" <b")[0]
PAGE = """<html><head><title>A town taken</title><link rel="canonical" href="https://example.org/saved">
<meta property="og:site_name" content="The Example"><meta property="article:published_time"
content="2026-07-01T10:00:00Z"></head><body><article><h1>A town taken</h1><p>It rained on the first
of the month, and nobody said anything of who held which of the towns.</p></article></body></html>"""


def copied(folder):
    """Copy the published ledger, for a desk writes beside it."""
    shutil.copytree(ROOT / "data", folder, ignore=shutil.ignore_patterns("desk.sqlite*", "areas"))
    return folder


@pytest.fixture(scope="module")
def ledger(tmp_path_factory):
    return copied(tmp_path_factory.mktemp("desk") / "data")


@pytest.fixture(scope="module")
def app(ledger):
    with serve(ledger) as address:
        yield address


class Actions:
    """Counts what a person does, and how long the page takes to answer each."""

    def __init__(self, page):
        self.page, self.took = page, {}

    @contextmanager
    def one(self, name):
        """Time an action from when the page has come to rest, as it has when a person has read it."""
        self.page.evaluate("() => new Promise((rest) => requestIdleCallback(rest))")
        begin = monotonic()
        yield
        self.took[f"{len(self.took) + 1} {name}"] = round(monotonic() - begin, 2)

    def answered(self):
        """Hold half of the actions to 0.5 s each, so that one hiccup of a machine is no fault."""
        return median(self.took.values()) <= 0.5


def named(page, name):
    field = page.get_by_role("textbox", name="Your name, as the log will show it")
    field.fill(name)
    field.press("Enter")
    expect(page.get_by_text("New statements", exact=True)).to_be_visible()


def field(page, label):
    return page.get_by_role("textbox", name=label, exact=True)


def paste(page, label, text):
    field(page, label).fill(text)
    field(page, label).press("Tab")


def choose(page, label, text):
    box = page.get_by_role("combobox", name=label)
    box.click()
    box.fill(text)  # in place of what a choice before left there
    expect(page.get_by_role("option")).to_have_count(1)  # the list has followed what was typed
    expect(page.get_by_role("option")).to_contain_text(text)
    box.press("Enter")


def seen(page, *texts):
    """Wait until all are on the page or in its fields, asked at every frame: `expect` asks seldom."""
    page.wait_for_function(
        """texts => {
          const told = [...document.querySelectorAll("input")].map((field) => field.value);
          told.push(document.body.innerText);
          return texts.every((text) => told.some((one) => one.includes(text)));
        }""",
        arg=texts,
    )


def chosen(page):
    """Give the places in the form; their buttons are hidden to readers while the list is open."""
    return page.locator(".st-key-desk-places [data-tag]").filter(visible=True)


def begin(page, name):
    """Paste the text and its address: the first of three candidates is in the form."""
    named(page, name)
    page.get_by_text("New statements", exact=True).click()
    paste(page, "Text of the publication", TEXT)
    expect(page.get_by_text("3 left")).to_be_visible()
    paste(page, "Address of the publication", "https://tass.com/defense/1")
    expect(page.get_by_role("textbox", name="Outlet", exact=True)).to_have_value("TASS")


def twice(page, key, shown):
    """Press a key, and again as it is taken, if the page still shows what the first was for."""
    page.evaluate(
        """([key, code, shown]) => {
          const app = document.querySelector("[data-test-script-state]");
          new MutationObserver((_, observer) => {
            if (app.dataset.testScriptState !== "running") return;
            observer.disconnect();
            const asked = { key, code, bubbles: true, cancelable: true, composed: true };
            window.pressed = document.body.innerText.includes(shown) &&
              document.activeElement.dispatchEvent(new KeyboardEvent("keydown", asked));
          }).observe(app, { attributes: true });
        }""",
        [key, key if key == "Enter" else f"Key{key.upper()}", shown],
    )
    page.keyboard.press(key)
    page.wait_for_function("'pressed' in window && delete window.pressed")


def test_the_form_is_accessible_and_what_matters_is_in_sight(app, open_page):
    page = open_page(f"{app}/Desk", height=1600, color_scheme="light")
    named(page, "Olena")
    page.get_by_text("New statements", exact=True).click()
    paste(page, "Text of the publication", TEXT)
    expect(page.get_by_text("3 left")).to_be_visible()
    expect(chosen(page)).to_have_count(1)
    assert violations(page) == []
    in_the_dark(page)
    assert violations(page) == []
    page.set_viewport_size({"width": 1366, "height": 650})
    expect(page.get_by_text("3 left")).to_be_in_viewport()
    page.get_by_test_id("desk-source").click()
    expect(field(page, "Address of the publication")).not_to_be_in_viewport()
    settled(page)
    page.keyboard.press("Enter")
    expect(page.get_by_text("url: '' is blank")).to_be_in_viewport()


@pytest.mark.timed
def test_three_statements_in_twelve_actions_and_a_review_in_four(app, open_page, ledger):
    page = open_page(f"{app}/Desk", height=1600)
    named(page, "Olena")
    page.get_by_text("New statements", exact=True).click()
    settled(page)
    done = Actions(page)
    keys = page.keyboard
    text = page.get_by_role("textbox", name="Text of the publication", exact=True)
    address = page.get_by_role("textbox", name="Address of the publication", exact=True)
    with done.one("click into the text"):
        text.click()
    with done.one("paste"):
        keys.insert_text(TEXT)
    with done.one("leave it"):
        keys.press("Tab")
        seen(page, "3 left")
    expect(page.get_by_test_id("desk-source")).to_contain_text("<b onclick=alert(1)>")
    expect(page.get_by_text("3 left")).to_be_visible()
    expect(page.locator("mark")).to_have_text(QUOTE)
    with done.one("click into the address"):
        address.click()
    with done.one("paste"):
        keys.insert_text("https://tass.com/defense/1")
    with done.one("leave it"):
        keys.press("Tab")
        seen(page, "TASS")
    expect(page.get_by_role("textbox", name="Outlet", exact=True)).to_have_value("TASS")
    with done.one("click beside the fields"):
        page.get_by_test_id("desk-source").click()
    settled(page)
    for number, left in ((1, 2), (2, 1), (3, 0)):
        with done.one("save and next"):
            keys.press("Enter")
            seen(page, f"Proposed: {number}.")
        expect(page.get_by_text(f"Proposed: {number}.")).to_be_visible()
        expect(page.get_by_text(f"{left} left")).to_have_count(min(left, 1))
        settled(page)
    assert len(done.took) <= 12
    assert done.answered(), done.took

    page.locator(".st-key-desk-copy input[type=file]").set_input_files(
        {"name": "page.html", "mimeType": "text/html", "buffer": PAGE.encode()}
    )
    for label, value in (("Headline", "A town taken"), ("Outlet", "The Example"),
                         ("Address of the publication", "https://example.org/saved")):  # fmt: skip
        # While the form comes anew, the field that goes stands below the one that comes.
        expect(page.get_by_role("textbox", name=label, exact=True).first).to_have_value(value)

    named(page, "Petro")
    settled(page)
    review = Actions(page)
    with review.one("open the inbox"):
        page.get_by_text("Inbox", exact=True).click()
        seen(page, "To review: 3")
    for number in (1, 2, 3):
        expect(page.locator(f".st-key-desk-accept-{number} button")).to_be_enabled()
        expect(page.locator("mark")).to_have_text(QUOTE)
        settled(page)
        with review.one("accept"):
            keys.press("a")
            seen(page, f"Proposal {number}: accepted.")
        expect(page.get_by_text(f"Proposal {number}: accepted.")).to_be_visible()
    assert len(review.took) <= 4
    assert review.answered(), review.took
    claims = open_ledger(ledger).claims
    added = claims.loc[claims.index.difference(load_dataset(ledger).claims.index)]
    assert {one.split("-20")[0] for one in added.index} == {"siversk", "vovchansk", "huliaipole"}
    assert set(added["kind"].astype(str)) == {"captured"}
    assert set(added["outlet"]) == {"TASS"}
    close_stores()


def test_x_throws_away_and_what_is_marked_opens_the_form(app, open_page):
    page = open_page(f"{app}/Desk", height=1600)
    named(page, "Iryna")
    for _ in range(2):  # the second click chooses what is chosen, and leaves the form
        page.get_by_text("New statements", exact=True).click()
        expect(page.get_by_role("radio", name="New statements")).to_be_checked()
    paste(page, "Text of the publication", TEXT)
    expect(page.get_by_text("3 left")).to_be_visible()
    settled(page)
    page.get_by_test_id("desk-source").click()
    twice(page, "x", "3 left")
    expect(page.get_by_text("2 left")).to_be_visible()
    settled(page)
    page.get_by_role("button", name="Throw away").focus()
    page.keyboard.press("Enter")  # for the button, not for the form
    expect(page.get_by_text("1 left")).to_be_visible()
    settled(page)
    page.get_by_test_id("desk-source").evaluate("""(text) => {
        const range = document.createRange();
        range.selectNodeContents(text.lastChild); // after the sentence of the candidate
        getSelection().removeAllRanges();
        getSelection().addRange(range);
    }""")
    page.get_by_role("button", name="Missed: take what is marked in the text").click()
    quote = page.get_by_role("textbox", name="Quoted sentence", exact=True).first
    expect(quote).to_have_value("<b onclick=alert(1)>Kyiv</b> did not comment.")
    expect(chosen(page)).to_have_count(0)


def test_what_is_pressed_twice_is_proposed_once_and_costs_no_candidate(app, open_page, ledger):
    page = open_page(f"{app}/Desk", height=1600)
    begin(page, "Mykola")
    ways = (
        page.get_by_test_id("desk-source"),
        page.get_by_role("button", name="Propose"),
        field(page, "Summary, in our words"),
    )
    for left, at in zip((2, 1, 0), ways, strict=True):
        settled(page)
        at.focus()
        twice(page, "Enter", f"{left + 1} left")
        expect(page.get_by_text(f"{left} left")).to_have_count(min(left, 1))
    settled(page)
    named(page, "Petro")
    page.get_by_text("Inbox", exact=True).click()
    expect(page.get_by_text("To review: 3")).to_be_visible()
    settled(page)
    page.evaluate("""() => {
      window.heard = [];
      document.addEventListener("keydown", (event) => heard.push(event.repeat), true);
    }""")
    page.keyboard.down("a")
    expect(page.get_by_text("To review: 2")).to_be_visible()
    settled(page)
    page.keyboard.down("a")  # it is held
    page.keyboard.up("a")
    assert page.evaluate("heard") == [False]
    made = [one for one in latest_log(ledger).proposals.values() if one.by == "Mykola"]
    close_stores()
    assert [one.state for one in made] == ["accepted", "proposed", "proposed"]
    assert sorted(one.row["settlement_id"] for one in made) == [
        "huliaipole",
        "siversk",
        "vovchansk",
    ]


# A second press while the first still waits is for nothing that anybody has seen.
AGAIN = """button => button.addEventListener("pointerdown",
  () => setTimeout(() => button.click(), 100), { once: true })"""


def test_what_is_typed_is_taken_before_what_is_pressed_next(app, open_page, ledger):
    """Two messages at once break each other off; of a day, Streamlit tells after the press."""
    page = open_page(f"{app}/Desk", height=1600)
    begin(page, "Yaryna")
    day, propose = page.locator(".st-key-desk-day"), page.get_by_role("button", name="Propose")
    for entered, typed in ((False, "20260702"), (True, "20260703")):
        settled(page)
        day.get_by_role("spinbutton").first.click()
        page.keyboard.type(typed)
        if entered:
            page.keyboard.press("Enter")  # takes the day, and proposes nothing
            expect(page.get_by_text("on 3 July 2026").first).to_be_visible()
            expect(page.get_by_text("2 left")).to_be_visible()
            settled(page)
            field(page, "Headline").click()
            page.keyboard.type("A town taken")
        propose.evaluate(AGAIN)
        propose.click()
        expect(page.get_by_text(f"{1 if entered else 2} left")).to_be_visible()
        settled(page)
    page.get_by_test_id("desk-source").focus()
    page.keyboard.press("x")
    expect(page.get_by_text("1 left")).to_have_count(0)
    settled(page)
    for at, typed in (("day", "20260701"), ("title", "A town held")):
        choose(page, "Speaker", "Ministry of Defence of Ukraine")
        choose(page, "Places", "Сіверськ" if at == "day" else "Вовчанськ")
        page.keyboard.press("Escape")  # the list of places stays open for more
        settled(page)
        if at == "day":
            day.get_by_role("spinbutton").first.click()
        else:
            field(page, "Headline").fill("")
        page.keyboard.type(typed)
        page.keyboard.press("Control+Enter")
        expect(chosen(page)).to_have_count(0)  # it is proposed
        settled(page)
    made = [one for one in latest_log(ledger).proposals.values() if one.by == "Yaryna"]
    close_stores()
    assert [one.row["stated_on"] for one in made[:3]] == ["2026-07-02", "2026-07-03", "2026-07-01"]
    assert [made[at].row["title"] for at in (0, 1, 3)] == ["", "A town taken", "A town held"]


def test_the_press_after_a_refusal_counts(app, open_page, ledger):
    page = open_page(f"{app}/Desk", height=1600)
    begin(page, "Olha")
    page.get_by_role("button", name="Propose").click()
    expect(page.get_by_text("2 left")).to_be_visible()
    settled(page)
    number = max(latest_log(ledger).proposals)
    close_stores()
    page.get_by_text("Inbox", exact=True).click()
    page.get_by_text("Mine", exact=True).click()
    reject, reason = page.get_by_role("button", name="Reject"), field(page, "Reason")
    settled(page)
    reject.click()
    expect(page.get_by_text("a reason is needed")).to_be_visible()
    settled(page)
    reason.click()
    page.keyboard.type("It was said of another town")
    reject.click()  # the field was left by it, and the red sentence goes: the button is a new one
    expect(page.get_by_text(f"Proposal {number}: rejected.")).to_be_visible()
    settled(page)


def test_a_form_that_is_half_written_stays_in_another_language_box_and_page(app, open_page):
    page = open_page(f"{app}/Desk", height=1600)
    begin(page, "Taras")
    for language, lang in (("Укр", Lang.UK), ("Eng", Lang.EN)):
        page.get_by_text(language, exact=True).click()
        expect(field(page, DESK_WORDS.of(lang)["paste"])).to_have_value(TEXT)
        expect(field(page, DESK_WORDS.of(lang)["summary"])).to_be_visible()
        settled(page)
    page.get_by_text("Inbox", exact=True).click()
    expect(page.get_by_text("All that wait", exact=True)).to_be_visible()
    page.get_by_role("link", name="Method", exact=True).click()
    expect(page.get_by_role("heading", name="Method", exact=True)).to_be_visible()
    page.get_by_role("link", name="Desk", exact=True).click()
    page.get_by_text("New statements", exact=True).click()
    expect(page.get_by_text("3 left")).to_be_visible()
    expect(field(page, "Outlet")).to_have_value("TASS")
    expect(chosen(page)).to_have_count(1)
    settled(page)
    page.get_by_test_id("desk-source").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("2 left")).to_be_visible()


PEOPLE = {"olena": "writer", "petro": "reviewer", "ihor": "stranger"}
SECRETS = """
[auth]
redirect_uri = "{app}/oauth2callback"
cookie_secret = "only for this test"
client_id = "frontline"
client_secret = "none"
server_metadata_url = "{provider}/.well-known/openid-configuration"
[roles]
writer = ["olena@example.org"]
reviewer = ["petro@example.org"]
[names]
"olena@example.org" = "Olena K."
"""


@contextmanager
def provider():
    """Run a provider of identities as a program of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "--port", str(port)]
    for name in PEOPLE:
        claims = {"sub": name, "email": f"{name}@example.org", "email_verified": True}
        command += ["--user-claims", json.dumps(claims)]
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(f"{address}/.well-known/openid-configuration", running)
        yield address
    finally:
        running.terminate()
        running.wait(timeout=10)


def sign_in(page, address, name):
    """Be another person: sign in at the provider and come back to the desk."""
    page.context.clear_cookies()
    page.goto(f"{address}/Desk")
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name=name, exact=True).click()
    page.wait_for_url(f"{address}/**")
    page.goto(f"{address}/Desk")
    expect(page.get_by_text(f"Signed in as {name}@example.org.")).to_be_visible()


def test_people_sign_in_propose_and_accept_and_a_stranger_sees_no_desk(browser, tmp_path):
    ledger = copied(tmp_path / "data")
    secrets = tmp_path / "secrets.toml"
    secrets.write_text("", encoding="utf-8")
    with provider() as there, serve(ledger, "--public", f"--secrets.files={secrets}") as address:
        secrets.write_text(SECRETS.format(app=address, provider=there), encoding="utf-8")
        page = browser.new_page(viewport={"width": 1400, "height": 1600})
        sign_in(page, address, "ihor")
        expect(page.get_by_text("have no role at this desk")).to_be_visible()
        expect(page.get_by_text("New statements", exact=True)).to_have_count(0)
        sign_in(page, address, "olena")
        expect(page.get_by_text("You write as Olena K.")).to_be_visible()
        page.get_by_text("New statements", exact=True).click()
        paste(page, "Address of the publication", "https://example.org/a")
        paste(page, "Outlet", "TASS")
        choose(page, "Speaker", "Міністерство оборони Росії")
        choose(page, "Places", "Сіверськ")
        expect(page.get_by_text("What it would change")).to_be_visible()
        page.keyboard.press("Escape")
        page.keyboard.press("Control+Enter")
        expect(page.get_by_text("Proposed: 1.")).to_be_visible()
        page.get_by_text("Inbox", exact=True).click()
        page.get_by_text("All that wait", exact=True).click()
        expect(page.get_by_text("a second person must accept it")).to_be_visible()
        expect(page.get_by_role("button", name="Accept")).to_have_count(0)
        sign_in(page, address, "petro")
        expect(page.get_by_text("You write as petro.")).to_be_visible()
        expect(page.get_by_text("To review: 1")).to_be_visible()
        page.get_by_role("button", name="Accept").click()
        expect(page.get_by_text("Proposal 1: accepted.")).to_be_visible()
        page.close()
    (proposal,) = latest_log(ledger).proposals.values()
    assert (proposal.by, proposal.decided_by) == ("Olena K.", "petro")
    close_stores()
