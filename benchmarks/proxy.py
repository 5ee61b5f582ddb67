"""The real nginx with the sites of deploy/, on loopback: in front of workers, or of plain files."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.browser.app import ROOT, wait_for

SITE = ROOT / "deploy" / "frontline.conf"
PLAIN = ROOT / "deploy" / "site.conf"
WHOLE = """\
{user}
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 1024; }}
http {{
    log_format asked "$status $request_uri";
    access_log {log};
    include /etc/nginx/mime.types;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/site.conf;
}}
"""


def nginx() -> str:
    """Find nginx, which Debian keeps outside of a user's path; "" where there is none."""
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin") or ""


def missing_nginx() -> str:
    """Say what is missing, if it is."""
    return "" if nginx() else "nginx is not installed (Debian: apt-get install nginx-light)"


@contextmanager
def proxy(workers: Sequence[str]) -> Iterator[str]:
    """Run nginx in front of workers' addresses, with only addresses changed in its site.

    Raises
    ------
    FileNotFoundError
        When there is no nginx.
    """
    servers = "".join(
        f"    server {worker.removeprefix('http://')} max_fails=1 fail_timeout=3s;\n"
        for worker in workers
    )
    site = re.sub(r"( +server 127\.0\.0\.1.*\n)+", servers, SITE.read_text(encoding="utf-8"))
    with _run(site, "_stcore/health") as (address, _):
        yield address


@contextmanager
def files(site: Path, *, logged: bool = False) -> Iterator[tuple[str, Path]]:
    """Serve the files of a baked site; gives the address, and where it logs what is asked for.

    Raises
    ------
    FileNotFoundError
        When there is no nginx.
    """
    text = PLAIN.read_text(encoding="utf-8").replace("root /srv/site;", f"root {site.resolve()};")
    with _run(text, "robots.txt", logged=logged) as served:
        yield served


@contextmanager
def _run(site: str, known: str, *, logged: bool = False) -> Iterator[tuple[str, Path]]:
    """Run nginx with a site, and wait until it answers a known path."""
    if missing := missing_nginx():
        raise FileNotFoundError(missing)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "nginx.conf"
        log = f"{folder}/access.log asked" if logged else "off"
        user = "" if os.geteuid() else "user root;"  # its workers read what we may read
        path.write_text(WHOLE.format(folder=folder, log=log, user=user), encoding="utf-8")
        site = site.replace("listen 80;", f"listen 127.0.0.1:{port};")
        (Path(folder) / "site.conf").write_text(site, encoding="utf-8")
        server = subprocess.Popen([nginx(), "-c", str(path), "-p", folder])
        try:
            wait_for(f"http://127.0.0.1:{port}/{known}", server)
            yield f"http://127.0.0.1:{port}", Path(folder) / "access.log"
        finally:
            server.terminate()
            server.wait(timeout=10)
