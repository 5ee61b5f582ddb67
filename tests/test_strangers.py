"""Text of strangers stays text where Streamlit reads Markdown: on every page, in every field."""

import pytest

from geo.areas import import_areas
from geo.desk.acts import amendment, decide, propose
from geo.desk.desk import heard_now, open_desk
from geo.desk.events import What
from geo.desk.store import latest
from geo.session.markdown import plain
from tests.conftest import ROOT
from tests.hostile import put_everywhere
from tests.page import run
from tests.test_desk_page import filled, local, opened, press  # noqa: F401
from tests.test_page import grown

IMAGE = "![x](https://evil.example/p.png)"
ATTACK = f"{IMAGE} [y](https://evil.example) :red[z] <b>"
PAGES = ["", *(path.stem for path in sorted((ROOT / "pages").glob("*.py")))]
# What Streamlit shows as it is.
TEXT = {
    *("Selectbox.options", "MultiSelect.options", "Html.body", "Text.body", "Code.code_text"),
    *("ImageList.imgs.alt", "Dataframe.alt", "ComponentInstance.json_args"),
}


def texts(message, path):
    """Give every text of a message of Streamlit's, and where in it."""
    for field, value in message.ListFields():
        for one in value if hasattr(value, "append") else [value]:
            if isinstance(one, str):
                yield f"{path}.{field.name}", one
            elif hasattr(one, "ListFields"):
                yield from texts(one, f"{path}.{field.name}")


def read_as_markdown(app):
    """Give every text on a page that Streamlit may read as Markdown."""
    assert not app.exception
    messages = [node.proto for node in app.main if getattr(node, "proto", None)]
    found = [pair for each in messages for pair in texts(each, each.DESCRIPTOR.name)]
    return [text for where, text in found if where not in TEXT]


@pytest.mark.parametrize("page", PAGES)
def test_a_hostile_ledger_is_text_on_every_page(page, tiny_folder, tmp_path, monkeypatch):
    monkeypatch.setenv("FRONTLINE_DATA", str(put_everywhere(tiny_folder, ATTACK)))
    import_areas(grown(tmp_path), tiny_folder / "areas", series_id="test", claimant_id="ru-mod")
    told = read_as_markdown(run(page, date="2025-12-23", place="siversk"))
    assert [text for text in told if IMAGE in text] == []
    if page in ("", "1_Settlement", "2_Ledger"):
        assert any(plain(IMAGE) in text for text in told)


def test_what_another_person_wrote_at_the_desk_is_text(local):  # noqa: F811
    desk = open_desk(local)
    for outlet in ("RIA", "UNN"):
        heard = heard_now(desk, latest(desk.store))
        draft = amendment(heard, "siversk-2025-12-11-ru-mod", {"outlet": outlet}, reason=ATTACK)
        propose(desk, [draft], by="Anna")
    decide(desk, 1, What.REJECT, by="Boris", reason=ATTACK)
    app = opened("Clara")
    for box in ("to_review", "decided"):
        told = read_as_markdown(app.segmented_control(key="desk-box").set_value(box).run())
        assert [text for text in told if IMAGE in text] == []
        assert any(plain(IMAGE) in text for text in told)


def test_a_refusal_names_what_was_typed_as_text(local):  # noqa: F811
    app = filled(opened(mode="new"))
    app.text_input(key="desk-url").set_value(ATTACK).run()
    press(app, "propose")
    (told,) = (error.value for error in app.error)
    assert plain(IMAGE) in told
    assert IMAGE not in told


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Siversk, 11 December: 2 km", "Siversk, 11 December: 2 km"),
        (IMAGE, r"\!\[x\](https\://evil.example/p.png)"),
        (":material/home: :red[x]", r"\:material/home: \:red\[x\]"),
        ("$x_1$ *b* `c` <i> &amp;", r"\$x\_1\$ \*b\* \`c\` \<i\> \&amp;"),
        ("- a\n# b\n| c |", "\\- a\n\\# b\n\\| c \\|"),
    ],
)
def test_what_means_something_in_markdown_is_kept_from_it(text, shown):
    assert plain(text) == shown
