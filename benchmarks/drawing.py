"""A browser that notes every drawing call of a page, and gives it the scripts of CDNs from npm."""

from __future__ import annotations

import subprocess
import tarfile
from contextlib import suppress
from pathlib import Path
from time import time
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Error, Page

PATIENCE = 300.0  # seconds
PACKAGES = (
    *("jquery@3.7.1", "jquery-ui-dist@1.12.1", "iso8601-js-period@0.2.1", "moment@2.18.1"),
    *("leaflet-timedimension@1.1.1", "leaflet@1.9.3", "leaflet.timeline@1.6.0"),
)
# Notes the time of every drawing call, in every frame of a page.
WATCH_DRAWING = """
window.__draws = [];
for (const [kind, calls] of [
  [CanvasRenderingContext2D, ["fill", "clearRect", "putImageData", "drawImage"]],
  [WebGL2RenderingContext, ["drawArrays", "drawElements", "drawArraysInstanced",
                            "drawElementsInstanced"]],
]) for (const name of calls) {
  const draw = kind.prototype[name];
  kind.prototype[name] = function (...given) {
    const result = draw.apply(this, given);
    const now = performance.timeOrigin + performance.now();
    if (this.canvas.isConnected) window.__draws.push(now);
    if (window.__draws.length > 5000) window.__draws.splice(0, 2500);
    return result;
  };
}
"""


def fetch_packages(folder: Path) -> dict[str, bytes]:
    """Get the peers' scripts from npm; gives file name to content."""
    subprocess.run(["npm", "pack", "--silent", *PACKAGES], cwd=folder, check=True, stdout=-3)
    files = {}
    for archive in sorted(folder.glob("*.tgz")):
        with tarfile.open(archive) as packed:
            for member in packed.getmembers():
                if member.name.endswith((".js", ".css")) and (file := packed.extractfile(member)):
                    files.setdefault(Path(member.name).name, file.read())
    files["jquery-3.7.1.min.js"] = files["jquery.min.js"]
    return files


def open_context(browser: Browser, files: dict[str, bytes]) -> BrowserContext:
    """Open a browser context in which the addresses of CDNs give the packages' files."""
    context = browser.new_context(viewport={"width": 1400, "height": 1000})
    context.set_default_timeout(PATIENCE * 1000)
    context.add_init_script(WATCH_DRAWING)

    def local(route: Any) -> None:
        url = route.request.url
        if url.startswith(("http://127.0.0.1", "file:", "data:", "blob:")):
            route.continue_()
        else:
            name = url.split("?")[0].rsplit("/", 1)[-1]
            kind = "text/css" if name.endswith(".css") else "text/javascript"
            # A CDN makes the .min of what a package does not ship so.
            body = files.get(name) or files.get(name.replace(".min.", "."), b"")
            route.fulfill(body=body, content_type=kind)

    context.route("**/*", local)
    return context


def last_draw(page: Page, since: float) -> float | None:
    """Give the last drawing call after a moment (ms of the epoch) once drawing has rested."""
    draws: list[float] = []
    for frame in page.frames:
        with suppress(Error):  # a frame may just have been replaced
            draws += frame.evaluate("(t) => (window.__draws || []).filter((d) => d > t)", since)
    rested = draws and time() * 1000 - max(draws) > 250
    return max(draws) if rested else None
