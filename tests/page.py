"""Run a page of the app without a browser, as the address of a reader opens it."""

from functools import cache

from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

from tests.conftest import ROOT

# For every page that is run, Streamlit would read what all installed packages say of themselves:
# half of the time of a page.
manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)


def run(page="", **address):
    """Open a page by the name of its file, the first when left out; gives it as drawn."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    if page:
        app.switch_page(f"pages/{page}.py")
    for key, value in address.items():
        app.query_params[key] = value
    return app.run()
