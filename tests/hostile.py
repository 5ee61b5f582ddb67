"""Text of a stranger who means harm, in every column that takes free text."""

WORDS = {
    "settlements.csv": ["Siversk,", "Сіверськ", "Северск", "Donetsk", "Seversk", "GeoNames"],
    "claimants.csv": ["General Staff of Ukraine", "Russian Ministry of Defence"],
    "claims.csv": ["It said so.", "It said no.", "It left.", "TASS", "UNN", "Taken", "Left"],
}


def put_everywhere(folder, attack):
    """Write an attack in place of the words of the tiny ledger; gives its folder."""
    quoted = '"' + attack.replace('"', '""') + '"'
    for file, words in WORDS.items():
        path = folder / file
        text = path.read_text(encoding="utf-8")
        for word in words:
            bare = word.rstrip(",")
            text = text.replace(word, word.replace(bare, quoted))
        path.write_text(text, encoding="utf-8")
    return folder
