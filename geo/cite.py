"""How to cite a view or one statement, in five forms; and where an error in one is reported."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import quote

from geo.desk.retractions import Retraction
from geo.model import WEB_BEGINS, Controller, Dataset, Kind, Lang, Snapshot
from geo.wording import CITATION, day_in_words, known_in_words, says, view_in_words


@dataclass(frozen=True)
class Work:
    """What is cited.

    Attributes
    ----------
    author, title
        Who says it, and what it is called.
    key
        What tells it from others, in letters, digits and hyphens.
    issued
        The day it is of.
    container
        Who published it.
    url
        Where it can be read; empty when there is no address.
    note
        What a reader needs to find the same again: the ledger's version.
    accessed
        The day on which it was looked at.
    """

    author: str
    title: str
    key: str
    issued: date
    container: str
    url: str
    note: str
    accessed: date


def cite_view(snapshot: Snapshot, *, place: str | None, address: str, accessed: date) -> Work:
    """Describe a view as a work.

    Parameters
    ----------
    snapshot
        What is shown.
    place
        Id of the settlement, or of the oblast, whose record is open.
    address
        Where the view can be opened again.
    accessed
        The day on which the reader looked at it.
    """
    dataset = snapshot.dataset
    where = f", {dataset.places['name'][place]}" if place else ""
    clock = known_in_words(snapshot.as_of, snapshot.known_by, Lang.EN)
    title = CITATION["view"].format(
        place=where, clock=clock, heard=view_in_words(dataset, snapshot.view, Lang.EN)
    )
    key = f"frontline-{snapshot.as_of}-{snapshot.known_by}-{snapshot.view}-{place or 'map'}"
    return Work(
        author=CITATION["product"],
        title=title,
        key=_key(key),
        issued=snapshot.as_of,
        container=CITATION["container"],
        url=address,
        note=CITATION["ledger"].format(version=dataset.version),
        accessed=accessed,
    )


def cite_claim(dataset: Dataset, claim_id: str, *, accessed: date) -> Work:
    """Describe one statement as a work: its speaker, day, outlet and link.

    Raises
    ------
    KeyError
        When there is no statement of this id.
    """
    claim = dataset.claims.loc[claim_id]
    note = CITATION["found_in"].format(claim_id=claim_id, version=dataset.version)
    issued = claim["stated_on"].date()
    return _cite_row(dataset, claim_id, claim, issued=issued, note=note, accessed=accessed)


def cite_retracted(
    dataset: Dataset, claim_id: str, retraction: Retraction, *, accessed: date
) -> Work:
    """Describe a statement that was taken out of the ledger: as it stood, and that it is gone."""
    note = CITATION["retracted"].format(
        claim_id=claim_id, day=day_in_words(retraction.day, Lang.EN), reason=retraction.reason
    )
    issued = date.fromisoformat(retraction.row["stated_on"])
    return _cite_row(dataset, claim_id, retraction.row, issued=issued, note=note, accessed=accessed)


def _cite_row(
    dataset: Dataset,
    claim_id: str,
    claim: Mapping[str, Any],
    *,
    issued: date,
    note: str,
    accessed: date,
) -> Work:
    words = says(Kind(claim["kind"]), Controller(claim["controller"]), Lang.EN)
    # Of a statement that was taken out, place and speaker may be gone too.
    place = dataset.places["name"].get(claim["place_id"], claim["place_id"])
    return Work(
        author=dataset.claimants["name"].get(claim["claimant_id"], claim["claimant_id"]),
        title=CITATION["claim"].format(place=place, words=words, title=claim["title"]),
        key=_key(claim_id),
        issued=issued,
        container=claim["outlet"],
        url=claim["url"],
        note=note,
        accessed=accessed,
    )


def _key(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9]+", "-", text).strip("-")


def plain(work: Work) -> str:
    """Write one sentence that needs no style."""
    return _line(
        CITATION["text"].format(
            author=work.author,
            title=work.title,
            day=day_in_words(work.issued, Lang.EN),
            container=work.container,
            note=work.note,
            accessed=day_in_words(work.accessed, Lang.EN),
        ),
        work.url,
    )


def apa(work: Work) -> str:
    """Write in the manner of APA, 7th edition."""
    issued, seen = work.issued, work.accessed
    return _line(
        f"{_stopped(work.author)} ({issued.year}, {_month_day(issued)}). {work.title} "
        f"[{work.note}]. {_stopped(work.container)}",
        f"Retrieved {_month_day(seen)}, {seen.year}, from {work.url}" if work.url else "",
    )


def chicago(work: Work) -> str:
    """Write in the manner of the Chicago Manual of Style, 17th edition, bibliography."""
    issued, seen = work.issued, work.accessed
    return _line(
        f"{_stopped(work.author)} “{_stopped(work.title)}” {work.container}, "
        f"{_month_day(issued)}, {issued.year}. {_stopped(work.note)} "
        f"Accessed {_month_day(seen)}, {seen.year}.",
        f"{work.url}." if work.url else "",
    )


def bibtex(work: Work) -> str:
    """Write a BibTeX entry; what TeX would run or take for syntax is escaped."""
    fields = {
        "author": f"{{{_tex(work.author)}}}",  # inner braces: an office is not a first name
        "title": f"{{{_tex(work.title)}}}",
        "howpublished": _tex(work.container),
        "year": str(work.issued.year),
        "month": str(work.issued.month),
        "day": str(work.issued.day),
        "note": _tex(work.note),
        "url": _tex_url(work.url),
        "urldate": work.accessed.isoformat(),
    }
    body = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@misc{{{work.key},\n{body}}}\n"


def ris(work: Work) -> str:
    """Write a RIS record: lines of a tag, two spaces, a hyphen and a space, ended by CR LF."""
    day = work.issued
    fields = [
        ("TY", "ELEC"),
        ("ID", work.key),
        ("AU", work.author),
        ("TI", work.title),
        ("T2", work.container),
        ("PY", str(day.year)),
        ("DA", f"{day:%Y/%m/%d}/"),
        ("UR", work.url),
        ("Y2", f"{work.accessed:%Y/%m/%d}/"),
        ("N1", work.note),
    ]
    lines = [f"{tag}  - {_line(value)}" for tag, value in fields if value]
    return "\r\n".join([*lines, "ER  - ", ""])


CITATIONS: dict[str, Callable[[Work], str]] = {
    "text": plain,
    "apa": apa,
    "chicago": chicago,
    "bibtex": bibtex,
    "ris": ris,
}


def _line(*parts: str) -> str:
    """Join into one line: a break would begin another field."""
    return " ".join(" ".join(parts).split())


def _stopped(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."


def _month_day(day: date) -> str:
    number, month, _ = day_in_words(day, Lang.EN).split()
    return f"{month} {number}"


TEX = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{character: f"\\{character}" for character in "&%$#_"},
}


def _tex(text: str) -> str:
    return "".join(TEX.get(character, character) for character in _line(text))


def _tex_url(url: str) -> str:
    """Percent-encode what would end the field; `url` is read verbatim otherwise."""
    codes = {" ": "%20", "\\": "%5C", "{": "%7B", "}": "%7D"}
    return "".join(codes.get(character, character) for character in _line(url))


def report_template() -> str:
    """Give the address at which errors in statements are reported; "" where none is set.

    FRONTLINE_REPORTS of the environment names it: a mail address (mailto:) or a tracker (https:).
    The gaps {claim_id}, {version} and {view} are put in, unless it has one of them.
    """
    base = os.environ.get("FRONTLINE_REPORTS", "").strip()
    if not base.startswith((*WEB_BEGINS, "mailto:")):
        return ""
    if any(gap in base for gap in ("{claim_id}", "{version}", "{view}")):
        return base
    told = "claim_id={claim_id}&version={version}&view={view}"
    if base.startswith("mailto:"):
        told = "subject={claim_id}%20%28{version}%29&body={view}"
    return f"{base}{'&' if '?' in base else '?'}{told}"


def report_address(claim_id: str, *, version: str, view: str) -> str:
    """Give the address at which an error in a statement is reported; "" where none is set.

    Parameters
    ----------
    claim_id, version
        Which statement, of which ledger.
    view
        Address of the view in which it was read.
    """
    told = {"claim_id": claim_id, "version": version, "view": view}
    gaps = r"\{(claim_id|version|view)\}"
    return re.sub(gaps, lambda gap: quote(told[gap[1]], safe=""), report_template())
