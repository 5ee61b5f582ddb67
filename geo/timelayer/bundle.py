"""The browser's script, joined from the modules beside this file; needs neither Node nor network.

Each module is written for a browser or Node as it stands; here they are joined to one classic
script in one scope, each after those it imports. So little is needed for that (no default, no
renamed, no star imports, no cycle, no name twice) that a few lines do, and refuse the rest.
"""

from __future__ import annotations

import re
from pathlib import Path

ENTRY = "timelayer.js"
_IMPORT = re.compile(r'^import \{([^}]*)\} from "\./([\w-]+\.js)";$\n?', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|class|const|let)\b)", re.MULTILINE)
_NAMED = re.compile(
    r"^(export )?(?:async )?(?:function|class|const|let) (?:[\[{]([^=]*)[\]}] =|(\w+))",
    re.MULTILINE,
)
_COMMENT = re.compile(r"^[ \t]*(?://[^\n]*|/\*\*?(?:[^*]|\*(?!/))*\*/)[ \t]*\n", re.MULTILINE)
# Behind code, where it can be nothing else: no text ends after it in that line.
_REMARK = re.compile(r"(?<=[;{}(),\]]) // [^\n\"'`]*$", re.MULTILINE)
# Ends of lines that end nothing; inside of a text there are none.
_NEEDLESS = re.compile(r"(?<=[{(\[,\n])\n|\n(?=[})\]])")
_CAST = re.compile(r"/\*\* @type \{[^*\n]*\} \*/ ?")


def bundle(folder: Path, entry: str = ENTRY) -> str:
    """Join a module and all that it imports to one script, as one function that runs at once.

    Comments are left out where a line cannot hold anything else there, and so are types,
    indentation and ends of lines that end nothing.

    Raises
    ------
    ValueError
        Where a module does what this cannot join; names the module.
    """
    order: list[str] = []
    texts: dict[str, str] = {}
    _visit(folder, entry, (), texts, order)
    owner: dict[str, str] = {}
    for module in order:
        for name, _ in _names(texts[module]):
            if name in owner:
                raise ValueError(f"{module}: {name} is a name in {owner[name]} too")
            owner[name] = module
    for module in order:
        for names, other in _IMPORT.findall(texts[module]):
            exported = {name for name, out in _names(texts[other]) if out}
            if missing := set(_listed(names)) - exported:
                raise ValueError(f"{module}: {other} does not export {', '.join(sorted(missing))}")
    joined = "\n".join(_plain(module, texts[module]) for module in order)
    joined = _NEEDLESS.sub("", joined)
    return f'(() => {{\n"use strict";\n{joined}}})();\n'


def _visit(
    folder: Path, module: str, above: tuple[str, ...], texts: dict[str, str], order: list[str]
) -> None:
    if module in above:
        raise ValueError(f"{module}: imports itself by way of {', '.join(above)}")
    if module in texts:
        return
    text = (folder / module).read_text(encoding="utf-8")
    for said in (_COMMENT, _REMARK, _CAST):
        text = said.sub("", text)
    texts[module] = text
    for _, other in _IMPORT.findall(texts[module]):
        _visit(folder, other, (*above, module), texts, order)
    order.append(module)


def _plain(module: str, text: str) -> str:
    text = _EXPORT.sub("", _IMPORT.sub("", text))
    for number, line in enumerate(text.splitlines(), 1):
        if re.match(r"(?:import|export)\b", line):
            raise ValueError(f"{module}: cannot join {line!r}")
        if re.search(r"[;{}(),\]] // [^\"'`]*$", line):  # the next line may be joined to it
            raise ValueError(f"{module}: a remark behind code, at {number}: {line!r}")
        if line.count("`") % 2:
            raise ValueError(f"{module}: a text over several lines, at {number}: {line!r}")
    return re.sub(r"^[ \t]+|\n(?=\n)", "", text, flags=re.MULTILINE)


def _names(text: str) -> list[tuple[str, bool]]:
    """List what a module names, and whether it is exported."""
    found = _NAMED.findall(text)
    return [(name, bool(out)) for out, many, one in found for name in _listed(many or one)]


def _listed(names: str) -> list[str]:
    return [name.strip() for name in names.split(",") if name.strip()]
