"""What the house says of itself is so: paths exist, commands are there, forms are well made."""

import re

import pytest
import yaml

import geo
from tests.conftest import LONGEST, ROOT, SHARING

TEXTS = ["CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md", "README.md"]
FORMS = sorted((ROOT / ".github" / "ISSUE_TEMPLATE").glob("[!c]*.yml"))


@pytest.mark.parametrize("name", TEXTS)
def test_what_a_text_names_is_there(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    quoted = re.findall(r"`([\w.-]+/[\w./-]*)`", text)
    linked = [path for path in re.findall(r"\]\(([^)#]+)\)", text) if "://" not in path]
    for path in [*quoted, *linked]:
        made_later = path.startswith(("data/areas", "data/desk.sqlite", "node_modules"))
        assert (ROOT / path).exists() or made_later, path


def test_the_files_of_tests_that_are_named_are_there():
    named = [*LONGEST, *" ".join(SHARING).split()]
    assert [name for name in named if not (ROOT / "tests" / f"{name}.py").is_file()] == []


def test_every_command_of_make_that_is_named_is_there():
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M)
    for name in TEXTS:
        text = (ROOT / name).read_text(encoding="utf-8")
        commands = re.findall(r"(?:`|^    |=\S+ )make ([a-z]+)", text, re.M)
        assert set(commands) <= set(targets), name


def test_the_words_to_cite_name_this_version():
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert {"cff-version", "title", "message", "authors"} <= citation.keys()
    assert str(citation["version"]) == geo.__version__
    assert f"## {geo.__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.name)
def test_the_forms_ask_and_say_what_must_be_answered(path):
    form = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert form["name"]
    assert form["description"]
    for question in form["body"]:
        assert question["type"] in {"input", "textarea", "dropdown", "checkboxes"}
        assert question["attributes"]["label"]
    required = [question.get("validations", {}).get("required") for question in form["body"]]
    assert required.count(True) >= 3
    assert len({question["id"] for question in form["body"]}) == len(form["body"])


def test_a_commit_is_checked_as_everybody_checks():
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    assert [hook["entry"] for repo in hooks["repos"] for hook in repo["hooks"]] == ["make check"]
