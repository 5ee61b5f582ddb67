"""A test whose program is missing is left out and named; in CI it runs, and fails."""

import os
import subprocess
import sys

import pytest

from tests.conftest import ROOT
from tests.programs import needs

MISSING = "from tests import programs\nprograms.PROGRAMS['nginx'] = lambda: False\n"


@needs("nginx")
def test_it_runs_where_its_program_is():
    assert not os.environ.get("WITHOUT_NGINX")


@pytest.mark.parametrize(
    ("more", "ci"), [((), ""), ((), "true"), (("-n", "1"), "")], ids=["alone", "in CI", "shared"]
)
def test_what_was_not_run_is_named(tmp_path, more, ci):
    (tmp_path / "no_nginx.py").write_text(MISSING, encoding="utf-8")
    run = [sys.executable, "-m", "pytest", "-q", "-p", "no_nginx", "-p", "no:cacheprovider", *more]
    path = os.pathsep.join([str(tmp_path), str(ROOT)])
    done = subprocess.run(
        [*run, __file__, "-k", "runs_where"],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": path, "CI": ci, "WITHOUT_NGINX": "yes"},
        capture_output=True,
        text=True,
        check=False,
    )
    line = "test_it_runs_where_its_program_is: no nginx on this machine"
    assert (f"NOT RUN tests/test_programs.py::{line}" in done.stdout) == (not ci)
    assert ("1 failed" in done.stdout) == bool(ci)


def test_a_program_that_nobody_knows_is_a_mistake():
    with pytest.raises(ValueError, match="'ngnix' is not in tests"):
        needs("ngnix")
