"""A Dask cluster as a user starts it: a scheduler and its workers, on loopback."""

import os
import socket
import subprocess
import sys
from contextlib import ExitStack, contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@contextmanager
def dask_cluster(folder, workers=2):
    """A scheduler and its workers as a user starts them, on loopback; gives the address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"tcp://127.0.0.1:{port}"
    options = ["--host", "127.0.0.1", "--no-dashboard"]
    # A worker that dies gives up on its item at once: the second try is ours to make.
    quick = {**os.environ, "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0"}
    with ExitStack() as stack, (folder / "dask.log").open("wb") as log:

        def start(*command):
            process = stack.enter_context(
                subprocess.Popen(
                    [sys.executable, "-m", *command], cwd=ROOT, stdout=log, stderr=log, env=quick
                )
            )
            stack.callback(process.terminate)

        start("distributed.cli.dask_scheduler", *options, "--port", str(port))
        for _ in range(workers):
            start("distributed.cli.dask_worker", address, *options, "--nthreads", "1", "--local-directory", str(folder))  # fmt: skip
        yield address
