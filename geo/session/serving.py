"""Start the app: Streamlit's server, told by the options of `streamlit run`, with `delivery`."""

from __future__ import annotations

import asyncio
import os
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import click
from starlette.middleware import Middleware
from streamlit import cli_util, config
from streamlit.starlette import App
from streamlit.web import bootstrap, cli
from streamlit.web.server import server_util

from geo.files.folders import app_folder
from geo.publish import freeze_heap, open_dataset, publish, publish_series, series_files
from geo.session.delivery import deliver
from geo.session.news import tell_news
from geo.session.rights import start_as
from geo.session.uploads import bound_uploads

LAST_PORT = 65535


def serve(options: list[str], *, public: bool = False) -> None:
    """Start the app in this process, which has read the data: the first visitor does not wait.

    It listens on 127.0.0.1 unless told otherwise.

    Parameters
    ----------
    options
        Of `streamlit run`, such as "--server.port=8501".
    public
        Whether strangers read it, behind a proxy on this machine or directly; see `rights`.

    Raises
    ------
    ValueError
        Where an option is wrong, or its port is taken; a sentence.
    """
    # Options count before these. Watchers walk all files and modules after every run of a page;
    # who changes the code starts with --server.fileWatcherType=auto.
    os.environ.setdefault("STREAMLIT_SERVER_ADDRESS", "127.0.0.1")
    os.environ.setdefault("STREAMLIT_SERVER_FILE_WATCHER_TYPE", "none")
    script = app_folder() / "app.py"
    told = _read(script, options)
    _require_room()
    start_as(local=not public)
    bound_uploads()
    with suppress(ExceptionGroup):  # the page shows the faults
        dataset = open_dataset()
        publish(dataset)
        for path in series_files().values():
            publish_series(dataset, path)
    freeze_heap()
    base = str(config.get_option("server.baseUrlPath")).strip("/")
    sys.argv[:] = [str(script)]  # whose folder holds the pages and the configuration
    App(script, lifespan=_living, middleware=[Middleware(deliver, base=base)]).run(config=told)


@asynccontextmanager
async def _living(_: App) -> AsyncIterator[None]:
    """Tell open pages of news, and open one for who sits before this machine."""
    if not config.get_option("server.headless"):
        address = server_util.get_display_address(str(config.get_option("server.address")))
        cli_util.open_browser(server_util.get_url(address))
    news = asyncio.create_task(tell_news())
    yield
    news.cancel()


def _read(script: Path, options: list[str]) -> dict[str, Any]:
    """Read and check the options as `streamlit run` does; gives those that were set."""
    try:
        context = cli.main_run.make_context("run", [str(script), *options])
    except click.ClickException as fault:
        raise ValueError(" ".join(fault.format_message().split())) from None
    except SystemExit as fault:  # a secret belongs into a file or the environment
        raise ValueError(str(fault)) from None
    if others := context.params.pop("args"):
        raise ValueError(f"{others[0]!r} is no option; allowed: those of `streamlit run`")
    told = {
        name.replace("_", "."): value
        for name, value in context.params.items()
        if name != "target" and value not in (None, ())
    }
    config._main_script_path = str(script)
    bootstrap.load_config_options(told)
    return told


def _require_room() -> None:
    """Refuse an address that is not this machine's, and a port that was asked for and is taken.

    Where no port was asked for, a free one is found.
    """
    asked = config.is_manually_set("server.port")
    address, port = str(config.get_option("server.address")), int(config.get_option("server.port"))
    if not 0 <= port <= LAST_PORT:
        raise ValueError(f"--server.port: {port} is no port; allowed: 0 to {LAST_PORT}")
    try:
        with socket.create_server((address, port if asked else 0)):
            pass
    except OSError as fault:  # a name that is not known has a negative number
        why = (
            os.strerror(fault.errno)
            if fault.errno and fault.errno > 0
            else "no address of this machine"
        )
        what = f"port {port} of {address}" if asked else f"--server.address: {address}"
        raise ValueError(f"{what}: {why}") from None
