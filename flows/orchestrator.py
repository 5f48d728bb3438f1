"""Prefect around a run: its settings, and its server when no `PREFECT_API_URL` names one.

Prefect reads its settings from the environment when it is first imported; so `configure` comes before that import.
"""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from flows.errors import OrchestratorError

START_SECONDS = 120.0
"""Longest wait for Prefect's server; it creates its database the first time."""


def configure(home: Path) -> None:
    """Puts Prefect's files under `home` and turns off what a nightly flow does not need."""
    home.mkdir(parents=True, exist_ok=True)
    os.environ |= {
        "PREFECT_HOME": str(home.resolve()),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
    }
    os.environ.setdefault("PREFECT_API_BLOCKS_REGISTER_ON_START", "false")
    os.environ.setdefault("PREFECT_LOGGING_LEVEL", "CRITICAL")
    os.environ.setdefault("PREFECT_LOGGING_TO_API_ENABLED", "false")
    os.environ.setdefault("PREFECT_CLI_COLORS", "false")


@contextmanager
def server(home: Path, *, with_services: bool = False) -> Iterator[Callable[[], None]]:
    """Prefect's API for the time of the block: the one of `PREFECT_API_URL`, else one of our own under `home`.

    It starts in the background while the caller imports what it needs; the block gets a function that waits until it is
    ready and raises OrchestratorError when it does not come up. `with_services` adds the scheduler that cron runs need.
    """
    configure(home)
    if os.environ.get("PREFECT_API_URL"):
        yield lambda: None
        return
    port = _free_port()
    process = _start(port, with_services=with_services)
    os.environ["PREFECT_API_URL"] = f"http://127.0.0.1:{port}/api"
    try:
        yield lambda: _wait_until_healthy(process, port)
    finally:
        del os.environ["PREFECT_API_URL"]
        if process.stdin is not None:
            process.stdin.close()
        process.wait(timeout=30)


def _start(port: int, *, with_services: bool) -> subprocess.Popen[bytes]:
    environment = os.environ | {"PREFECT_UI_ENABLED": "false", "PREFECT__SERVER_FINAL": "1"}
    if not with_services:
        environment["PREFECT__SERVER_EPHEMERAL"] = "1"
    arguments = [sys.executable, "-m", "flows.prefect_server", str(port)]
    return subprocess.Popen(arguments, env=environment, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)


def _free_port() -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_until_healthy(process: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/api/health", timeout=5) as reply:
                if reply.status == 200:
                    return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    raise OrchestratorError(START_SECONDS)
