"""A Dask cluster as a user starts it: a scheduler and its workers, on loopback."""

import os
import socket
import subprocess
import sys
from contextlib import ExitStack, contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SETTINGS = {
    # A worker that dies gives up on its item at once: the second try is ours to make.
    "SCHEDULER__ALLOWED_FAILURES": "0",
    # Each of its processes looks at itself up to a hundred times a second, work or none: all of
    # them took a tenth of a core for as long as tests ran.
    "WORKER__PROFILE__ENABLED": "False",
    "WORKER__MEMORY__MONITOR_INTERVAL": "5s",
    "ADMIN__TICK__INTERVAL": "1s",
    "ADMIN__SYSTEM_MONITOR__INTERVAL": "10s",
}


@contextmanager
def dask_cluster(folder, workers=2):
    """A scheduler and its workers as a user starts them, on loopback; gives the address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"tcp://127.0.0.1:{port}"
    options = ["--host", "127.0.0.1", "--no-dashboard"]
    quick = os.environ | {f"DASK_DISTRIBUTED__{key}": text for key, text in SETTINGS.items()}
    with ExitStack() as stack, (folder / "dask.log").open("wb") as log:

        def start(*command):
            process = stack.enter_context(
                subprocess.Popen(
                    [sys.executable, "-m", *command], cwd=ROOT, stdout=log, stderr=log, env=quick
                )
            )
            stack.callback(process.terminate)

        start("distributed.cli.dask_scheduler", *options, "--port", str(port))
        if workers:
            each = ("--nworkers", str(workers), "--nthreads", "1")
            start("distributed.cli.dask_worker", address, *options, *each, "--local-directory", str(folder))  # fmt: skip
        yield address
