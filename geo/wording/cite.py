"""Words of citations; the styles are of English, so the citations themselves are English."""

from __future__ import annotations

from geo.wording.language import Words

CITATION = {
    "product": "Frontline Claims",
    "container": "Frontline Claims: who says what about control of places",
    "view": "Statements on control of places{place}: {clock}, {heard}",
    "claim": "{place}: {words} (“{title}”)",
    "ledger": "ledger version {version}",
    "found_in": "statement {claim_id} in Frontline Claims, ledger version {version}",
    "retracted": "statement {claim_id}, retracted from Frontline Claims on {day}: {reason}",
    "text": "{author}, “{title}”, {day}, {container}, {note}, seen on {accessed}.",
}
CITE_WORDS = Words(
    "cite",
    {
        "label_text": "Sentence",
        "label_apa": "APA",
        "label_chicago": "Chicago",
        "label_bibtex": "BibTeX",
        "label_ris": "RIS",
        "box": "Cite this view",
    },
)
