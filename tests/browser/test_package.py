"""The wheel, installed in a new environment: the command, the app, and nothing written into it."""

import re
import shutil
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest
from PIL import Image

from tests.browser.app import ROOT, serve, time_frame


def run(*command, **options):
    return subprocess.run(
        list(map(str, command)), check=True, capture_output=True, timeout=300, text=True, **options
    )


@pytest.fixture(scope="module")
def environment(tmp_path_factory):
    """Build the wheel and install it where the libraries, but not this folder, are seen."""
    folder = tmp_path_factory.mktemp("installed")
    run(sys.executable, "-m", "hatchling", "build", "--target", "wheel", "-d", folder, cwd=ROOT)
    (wheel,) = folder.glob("*.whl")
    venv.create(folder / "env")
    python = folder / "env" / "bin" / "python"
    (packages,) = (folder / "env" / "lib").glob("*/site-packages")
    (packages / "libraries.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    # Without an index and with its dependencies: what is missing here would be an error.
    run(sys.executable, "-m", "pip", "--python", python, "install", "--no-index", wheel)
    return folder / "env"


@pytest.fixture(scope="module")
def settings(tmp_path_factory):
    home = tmp_path_factory.mktemp("home")
    return {
        "HOME": str(home),
        "XDG_CACHE_HOME": str(home / "cache"),
        "XDG_DATA_HOME": str(home / "data"),
        "PYTHONDONTWRITEBYTECODE": "1",
    }


def files_in(environment):
    return {path for path in environment.rglob("*") if "__pycache__" not in path.parts}


def test_every_file_of_the_product_is_inside(environment):
    (geo,) = environment.glob("lib/*/site-packages/geo")
    for folder, place in (
        ("geo", geo),
        ("pages", geo / "packed/pages"),
        ("data", geo / "packed/data"),
    ):
        mine = {path.relative_to(ROOT / folder) for path in files_in(ROOT / folder)}
        left_out = {path for path in mine if path.parts[0] == "areas" or "desk.sqlite" in path.name}
        left_out -= {path for path in left_out if folder == "geo"}
        assert {path.relative_to(place) for path in files_in(place)} - {Path("packed")} >= (
            mine - left_out
        )
    assert not (geo / "packed/data/areas").exists()


def test_the_installed_command_reads_the_ledger_it_brought(
    environment, settings, tmp_path, dataset
):
    done = run(environment / "bin" / "frontline", "validate", cwd=tmp_path, env=settings)
    assert dataset.version in done.stdout


def test_the_installed_command_draws(environment, settings, tmp_path):
    command = "snapshot --date 2025-12-11 --place siversk --size 800x600".split()
    for name in ("day.png", "day.html"):
        size = command if name == "day.png" else command[:-2]
        run(environment / "bin" / "frontline", *size, "--out", name, cwd=tmp_path, env=settings)
    with Image.open(tmp_path / "day.png") as picture:
        assert picture.size == (800, 600)
    assert b"siversk" in (tmp_path / "day.html").read_bytes()


def test_the_desk_publishes_into_a_folder_of_ones_own_and_not_into_the_package(
    environment, settings, tmp_path
):
    own = settings | {"XDG_DATA_HOME": str(tmp_path / "kept")}
    (packed,) = environment.glob("lib/*/site-packages/geo/packed/data")
    before = {path: path.read_bytes() for path in packed.iterdir()}

    def desk(words, *more):
        command = [environment / "bin" / "frontline", "desk", *words.split(), *more]
        done = subprocess.run(command, env=own, capture_output=True, text=True, timeout=300)
        return done.returncode, done.stdout + done.stderr

    gone = "siversk-2025-12-11-ru-putin"
    assert desk(f"retract {gone} --by Olena", "--reason", "Never said")[0] == 0
    assert desk("accept 1 --by Petro")[0] == 0
    code, told = desk("publish --by Petro")
    assert code == 2
    assert f"copy {packed} to a folder of your own" in told
    assert {path: path.read_bytes() for path in packed.iterdir()} == before
    mine = shutil.copytree(packed, tmp_path / "mine")
    store = re.search(r"--desk (\S+)", told)[1]
    assert desk("publish --by Petro", "--data", mine, "--desk", store)[0] == 0
    assert gone in before[packed / "claims.csv"].decode()
    assert f"\n{gone}," not in (mine / "claims.csv").read_text(encoding="utf-8")


@pytest.fixture
def app(environment, settings, tmp_path):
    program = [str(environment / "bin" / "frontline")]
    with serve(program=program, folder=tmp_path, settings=settings) as address:
        yield address


def test_the_installed_app_runs_anywhere(environment, settings, tmp_path, app, open_page):
    before = files_in(environment)
    page = open_page(f"{app}?date=2025-12-11&place=siversk")
    frame = time_frame(page)
    frame.wait_for_function("frontline.date() === '2025-12-11'")
    assert frame.evaluate("frontline.standing('siversk').status") == "disputed"
    page.goto(f"{app}/Method")
    page.get_by_text("stated_on").first.wait_for()
    assert files_in(environment) == before
    assert list(Path(settings["XDG_CACHE_HOME"]).glob("frontline-claims/app-*/static/*"))
    assert not list(tmp_path.iterdir())
