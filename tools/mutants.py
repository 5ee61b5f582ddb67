"""See whether a test fails when a rule is a little wrong: `python -m tools.mutants`.

A change is one comparison, sign, word of logic or number. Each is run against the module's own
tests, in a copy of the repository; one that no test notices is printed with its line. Changes are
sampled by a seed, so that a few minutes say something and a run can be had again.
"""

from __future__ import annotations

import argparse
import ast
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from joblib import Parallel, delayed

ROOT = Path(__file__).resolve().parent.parent
PARTS = "tools benchmarks data pages app.py pyproject.toml requirements.txt docs .streamlit".split()
COPIED = "geo", "tests"  # a test finds the files beside it, and imports geo from there
PATIENCE = 120  # seconds for one test: a change that never ends fails it, a slow machine does not
TESTS = {  # a module of rules, and the tests that must notice when it is wrong
    "geo/timeline.py": "test_timeline test_live test_records",
    "geo/address.py": "test_address test_limits",
    "geo/gazetteer.py": "test_gazetteer",
    "geo/files/checks.py": "test_load test_limits",
    "geo/files/join.py": "test_load test_timeline",
    "geo/ledger/groups.py": "test_ledger test_confirmation test_changes test_limits",
    "geo/ledger/changes.py": "test_changes test_limits",
    "geo/ledger/confirmation.py": "test_confirmation test_limits",
    "geo/ledger/disagreements.py": "test_ledger",
    "geo/ledger/phases.py": "test_live",
    "geo/ledger/positions.py": "test_ledger",
    "geo/areas/topology.py": "test_areas_laws test_areas",
    "geo/areas/measure.py": "test_areas_laws test_areas",
    "geo/areas/reach.py": "test_reach",
    "geo/export/tables.py": "test_export_tables",
}
NO_RULES = {"strict", "frozen", "eq", "maxsize"}  # guards of zip, dataclass and lru_cache
COMPARED = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
JOINED = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.And: ast.Or,
    ast.Or: ast.And,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
}


@dataclass(frozen=True)
class Mutant:
    """One small change of one module.

    Attributes
    ----------
    module
        Its path from the root of the repository.
    line
        Where the change is, from 1.
    before, after
        The smallest expression around the change.
    source
        The whole module with the change.
    """

    module: str
    line: int
    before: str
    after: str
    source: str


def mutants_of(module: str, source: str) -> Iterator[Mutant]:
    """Make every small change of a module, one at a time; types and texts are left alone."""
    tree = ast.parse(source)
    content = source.encode()
    begins = [0, *accumulate(len(line) for line in content.splitlines(keepends=True))]
    left_alone = {
        id(inner) for node in ast.walk(tree) for part in _no_rules(node) for inner in ast.walk(part)
    }
    for node in ast.walk(tree):
        if id(node) in left_alone or not isinstance(node, ast.expr):
            continue
        begin = begins[node.lineno - 1] + node.col_offset
        end = begins[(node.end_lineno or 0) - 1] + (node.end_col_offset or 0)
        for other in _changes(node):
            after = f"({ast.unparse(other)})"
            changed = content[:begin] + after.encode() + content[end:]
            yield Mutant(module, node.lineno, ast.unparse(node), after, changed.decode())


def _no_rules(node: ast.AST) -> Iterator[ast.AST]:
    """Give the parts of a node that hold no rule: types, numbers inside of texts, NO_RULES."""
    for part in (getattr(node, "annotation", None), getattr(node, "returns", None)):
        if part is not None:
            yield part
    if isinstance(node, ast.JoinedStr):
        yield node
    if isinstance(node, ast.keyword) and node.arg in NO_RULES:
        yield node


def _changes(node: ast.expr) -> Iterator[ast.expr]:
    match node:
        case ast.Compare(left=left, ops=ops, comparators=others):
            for i, op in enumerate(ops):
                yield ast.Compare(left, [*ops[:i], COMPARED[type(op)](), *ops[i + 1 :]], others)
        case ast.BinOp(left=left, op=op, right=right) if type(op) in JOINED:
            yield ast.BinOp(left, JOINED[type(op)](), right)
        case ast.BoolOp(op=op, values=values):
            yield ast.BoolOp(JOINED[type(op)](), values)
        case ast.UnaryOp(op=ast.Not() | ast.USub() | ast.Invert(), operand=operand):
            yield operand
        case ast.Constant(value=bool() as value):
            yield ast.Constant(not value)
        case ast.Constant(value=int() | float() as value):
            yield ast.Constant(value + 1)


def is_noticed(mutant: Mutant) -> bool:
    """Run the module's own tests on a copy of the repository with the change."""
    with tempfile.TemporaryDirectory() as folder:
        for part in PARTS:
            (Path(folder) / part).symlink_to(ROOT / part)
        for part in COPIED:
            shutil.copytree(ROOT / part, Path(folder) / part)
        (Path(folder) / mutant.module).write_text(mutant.source, encoding="utf-8")
        tests = [f"tests/{name}.py" for name in TESTS[mutant.module].split()]
        command = [sys.executable, "-m", "pytest", "-qx", "-p", "no:cacheprovider"]
        command += [f"--timeout={PATIENCE}", *tests]
        settings = {"PYTHONPATH": folder, "PYTHONDONTWRITEBYTECODE": "1", "CI": ""}
        done = subprocess.run(
            command, cwd=folder, env=os.environ | settings, capture_output=True, check=False
        )
        return done.returncode != 0


def main() -> int:
    """Sample, run, say what lives; 1 when it is more than one in ten."""
    parser = argparse.ArgumentParser(description="Small changes that a test must notice.")
    parser.add_argument("--count", type=int, default=56, help="how many (%(default)s)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--modules", nargs="+", choices=list(TESTS), default=list(TESTS))
    options = parser.parse_args()
    whole = {m: (ROOT / m).read_text(encoding="utf-8") for m in options.modules}
    unchanged = [Mutant(module, 0, "", "", source) for module, source in whole.items()]
    run = Parallel(n_jobs=-1, prefer="threads", verbose=5)
    if failing := [
        m.module
        for m, failed in zip(unchanged, run(map(delayed(is_noticed), unchanged)), strict=True)
        if failed
    ]:
        print(f"the tests fail without any change: {', '.join(failing)}", file=sys.stderr)
        return 2
    choose = random.Random(options.seed)
    per_module = max(1, options.count // len(options.modules))
    sample = []
    for module in options.modules:
        every = list(mutants_of(module, whole[module]))
        sample += choose.sample(every, min(per_module, len(every)))
    verdicts = run(map(delayed(is_noticed), sample))
    alive = [mutant for mutant, noticed in zip(sample, verdicts, strict=True) if not noticed]
    for module, number in Counter(mutant.module for mutant in sample).items():
        print(f"{module}: {number - sum(m.module == module for m in alive)} of {number} noticed")
    for mutant in alive:
        print(f"{mutant.module}:{mutant.line}: no test notices {mutant.before} -> {mutant.after}")
    print(f"{len(alive)} of {len(sample)} changes live (seed {options.seed})")
    return int(len(alive) * 10 > len(sample))


if __name__ == "__main__":
    sys.exit(main())
