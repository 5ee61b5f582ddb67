import gc
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, settings

from geo.desk.store import close_stores
from geo.files.load import load_dataset
from geo.model import Lang
from geo.wording import speak
from tests.postgres import new_database, running_postgres
from tests.programs import missing, needs

ROOT = Path(__file__).resolve().parent.parent

# A law holds on a busy machine too, only later.
settings.register_profile("calm", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("calm")

SETTLEMENTS = """\
id,name,name_uk,name_ru,admin1,country,lat,lon,population,aliases,coord_source
siversk,Siversk,Сіверськ,Северск,Donetsk,UA,48.8649,38.0968,10875,Seversk,GeoNames
sudzha,Sudzha,Суджа,Суджа,Kursk,RU,51.1978,35.2722,,,GeoNames
"""
CLAIMANTS = """\
id,name,name_uk,name_ru,side,kind,aliases
ua-staff,General Staff of Ukraine,Генштаб України,Генштаб Украины,ukraine,military,General Staff
ua-brigade,Some Brigade,,,ukraine,military,
ru-mod,Russian Ministry of Defence,Міноборони Росії,Минобороны России,russia,military,MoD
isw,Institute for the Study of War,Інститут вивчення війни,Институт изучения войны,third,monitor,ISW
"""
CLAIMS = """\
claim_id,settlement_id,stated_on,effective_on,claimant_id,kind,controller,summary,outlet,title,url
siversk-2025-12-11-ru-mod,siversk,2025-12-11,,ru-mod,captured,russia,It said so.,TASS,Taken,https://example.org/1
siversk-2025-12-11-ua-staff,siversk,2025-12-11,,ua-staff,denies,ukraine,It said no.,UNN,Not taken,https://example.org/2
siversk-2025-12-23-ua-staff,siversk,2025-12-23,2025-12-22,ua-staff,withdrew,russia,It left.,UNN,Left,https://example.org/3
"""
AREA_CLAIMS = """\
claim_id,area_id,stated_on,effective_on,claimant_id,kind,controller,summary,outlet,title,url
luhansk-oblast-2025-07-01-ru-mod,luhansk-oblast,2025-07-01,,ru-mod,holds,russia,All of it.,TASS,All,https://example.org/4
"""
BORDERS = """\
{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"id":"ukraine","name":"Ukraine","kind":"country","country":"UA"},
"geometry":{"type":"Polygon","coordinates":[[[22,44],[40,44],[40,52],[22,52],[22,44]]]}},
{"type":"Feature","properties":{"id":"luhansk-oblast","name":"Luhansk","kind":"admin1","country":"UA"},
"geometry":{"type":"Polygon","coordinates":[[[38,48],[40,48],[40,50],[38,50],[38,48]]]}}]}
"""
FILES = {
    "settlements.csv": SETTLEMENTS,
    "claimants.csv": CLAIMANTS,
    "claims.csv": CLAIMS,
    "area_claims.csv": AREA_CLAIMS,
    "borders.geojson": BORDERS,
}
# A file's tests run in one process, which starts what they share once; so do those of such files:
# a Dask cluster, the server of the published ledger with its browser.
SHARING = [
    "test_site test_archives test_areas_command test_parallel",
    "browser/test_app browser/test_access browser/test_layout browser/test_saved "
    "browser/test_export browser/test_reading browser/test_card browser/test_painter",
]
# Files are handed out in this order, so that no core is left with a long one at the end; those not
# named take seconds.
LONGEST = """
test_site browser/test_app browser/test_access browser/test_desk test_desk_crash test_figure
browser/test_layout browser/test_site browser/test_saved browser/test_export test_live test_desk
test_rights test_place test_deploy browser/test_reading browser/test_card browser/test_package
test_readme test_export_page test_reading browser/test_areas test_cli test_archives
browser/test_hostile test_startup test_parallel test_limits browser/test_painter test_programs
""".split()
LEFT_OUT = pytest.StashKey[dict[str, str]]()  # tests that lack a program here, and which


def file_of(item):
    return item.path.relative_to(ROOT / "tests").with_suffix("").as_posix()


def pytest_configure(config):
    config.addinivalue_line("markers", "needs(program): runs a program; see tests/programs.py")
    config.stash[LEFT_OUT] = {}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config, items):
    """Begin with the longest files: several processes share the work file by file."""
    rank = {name: number for number, name in enumerate(LONGEST)}
    items.sort(key=lambda item: rank.get(file_of(item), len(rank)))
    lacking = {item.nodeid: program for item in items if (program := missing(item))}
    config.stash[LEFT_OUT] |= lacking
    config.hook.pytest_deselected(items=[item for item in items if item.nodeid in lacking])
    items[:] = [item for item in items if item.nodeid not in lacking]


def pytest_collection_finish():
    gc.freeze()  # what is imported stays: a twentieth of the work was looking at it for garbage


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    if config.getoption("dist") != "loadfile":
        return None
    from xdist.scheduler import LoadFileScheduling

    class LoadSharing(LoadFileScheduling):
        def _split_scope(self, nodeid):
            path = super()._split_scope(nodeid)
            name = path.removeprefix("tests/").removesuffix(".py")
            return next((files for files in SHARING if name in files.split()), path)

    return LoadSharing(config, log)


def pytest_sessionfinish(session):
    if hasattr(session.config, "workeroutput"):  # what a process tells the one that speaks
        session.config.workeroutput["left_out"] = session.config.stash[LEFT_OUT]


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node):
    node.config.stash[LEFT_OUT] |= node.workeroutput.get("left_out", {})


def pytest_terminal_summary(terminalreporter, config):
    for test, program in config.stash[LEFT_OUT].items():
        terminalreporter.write_line(f"NOT RUN {test}: no {program} on this machine", yellow=True)


@pytest.fixture
def tiny_folder(tmp_path):
    """Make the smallest valid data folder: two places, four claimants, three claims."""
    folder = tmp_path / "tiny"
    folder.mkdir()
    return write_tiny(folder)


def write_tiny(folder):
    """Write that data into a folder, and give the folder."""
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def dataset():
    """Load the published ledger."""
    return load_dataset(ROOT / "data")


@pytest.fixture
def speaking():
    """Have words read in a language for as long as a test runs: `speaking(Lang.UK)`."""
    yield speak
    speak(Lang.EN)


def day(text):
    return date.fromisoformat(text)


@pytest.fixture(scope="session")
def postgres():
    """Give the address of a PostgreSQL server that runs as long as the tests."""
    with running_postgres() as server:
        yield server


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=needs("postgresql"))])
def store(request):
    """Give the address of an empty store of a desk; None for the file beside the ledger."""
    postgresql = request.param == "postgresql"
    yield (
        new_database(request.getfixturevalue("postgres"), f"desk{uuid4().hex}")
        if postgresql
        else None
    )
    close_stores()


@pytest.fixture
def kept(tmp_path):
    """An empty folder of imported areas."""
    folder = tmp_path / "areas"
    folder.mkdir()
    return folder


@pytest.fixture(scope="session")
def cluster(tmp_path_factory):
    """The address of a Dask cluster of two workers on loopback."""
    from tests.dask_cluster import dask_cluster

    with dask_cluster(tmp_path_factory.mktemp("dask")) as address:
        yield address
