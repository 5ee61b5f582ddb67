"""Start the real app on a free port and a real Chromium beside it; used by tests and pictures."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from time import monotonic
from types import MappingProxyType
from urllib.error import URLError

from playwright.sync_api import Browser, Frame, Page, expect, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
# The suggestions of Chromium's address bar are pages with a process of their own, which every new
# window begins: a third of the work of opening a page. The rest is what Playwright leaves out, for
# of two such switches the last counts.
LEFT_OUT = """
WebUIOmniboxAimPopup WebUIOmniboxPopup
AimEnabled AvoidCorsURLLoaderRestartOnRedirect AvoidUnnecessaryBeforeUnloadCheckSync
DestroyProfileOnBrowserClose HttpsFirstBalancedModeAutoEnable HttpsUpgrades LensOverlay MediaRouter
NetworkTimeServiceQuerying OptimizationHints PaintHolding PreconnectToSearch
ThirdPartyStoragePartitioning
""".split()
QUIET = (
    f"--disable-features={','.join(LEFT_OUT)}",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run",
)


@contextmanager
def serve(
    data: Path | None = None,
    *options: str,
    program: Sequence[str] = (sys.executable, "-m", "geo"),
    folder: Path = ROOT,
    settings: Mapping[str, str] = MappingProxyType({}),
    port: int = 0,
) -> Iterator[str]:
    """Run the app as a newcomer would, on a folder of data; gives its address on loopback.

    `settings` are variables of its environment, `folder` is where it is started, `port` where it
    listens: 0 for any.
    """
    with socket.socket() as free:
        free.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as a server that starts again
        free.bind(("127.0.0.1", port))
        port = free.getsockname()[1]
    command = [*program, "serve", "--server.headless=true"]
    command += [f"--server.port={port}", "--server.address=127.0.0.1", *options]
    environment = os.environ | ({"FRONTLINE_DATA": str(data)} if data else {}) | settings
    with tempfile.TemporaryFile("w+") as log:
        server = subprocess.Popen(
            command, cwd=folder, env=environment, stdout=log, stderr=subprocess.STDOUT
        )
        try:
            wait_for(f"http://127.0.0.1:{port}/_stcore/health", server)
            yield f"http://127.0.0.1:{port}"
        except BaseException:
            log.seek(0)
            sys.stderr.write(log.read())
            raise
        finally:
            server.terminate()
            server.wait(timeout=10)


def wait_for(address: str, server: subprocess.Popen[bytes], *, seconds: float = 60) -> None:
    """Wait until a server answers; raises when it ended instead."""
    until = monotonic() + seconds
    while monotonic() < until:
        with suppress(URLError, OSError), urllib.request.urlopen(address, timeout=1):
            return
        with suppress(subprocess.TimeoutExpired):  # the pause between two tries
            raise RuntimeError(f"the app ended with {server.wait(timeout=0.1)}")
    raise TimeoutError(f"the app did not answer within {seconds} s")


@contextmanager
def chromium(*options: str) -> Iterator[Browser]:
    """Start an installed Chromium, or Playwright's own."""
    names = (os.environ.get("CHROMIUM"), "chromium", "chromium-browser", "google-chrome")
    program = next((path for name in names if name and (path := shutil.which(name))), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=[*QUIET, *options])
        yield browser
        browser.close()


def time_frame(page: Page) -> Frame:
    """Wait until the map is there and give its frame, in which `frontline` lives."""
    page.wait_for_selector("iframe[title*='st_folium']")
    element = page.query_selector("iframe[title*='st_folium']")
    frame = element.content_frame() if element else None
    if frame is None:
        raise RuntimeError("the map has no frame")
    frame.wait_for_function("!!(window.frontline && window.frontline.standing)")
    return frame


def settled(page: Page) -> None:
    """Wait until the page's program has ended and each widget has taken the place of its grey box.

    Keys are heard from then on.
    """
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0)
