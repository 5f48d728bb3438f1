"""PostgreSQL's own client, psql, on the warehouse."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from psycopg.conninfo import conninfo_to_dict

from warehouse.programs import binaries

# What libpq reads from the environment instead of the command line, where every user of the machine could see it.
_VARIABLES = {
    "host": "PGHOST",
    "port": "PGPORT",
    "user": "PGUSER",
    "password": "PGPASSWORD",
    "dbname": "PGDATABASE",
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
    "sslcert": "PGSSLCERT",
    "sslkey": "PGSSLKEY",
    "options": "PGOPTIONS",
}


def psql(url: str, arguments: Sequence[str]) -> int:
    """Runs psql with these arguments, the machine's own or the embedded server's, and returns its exit code."""
    program = shutil.which("psql") or str(binaries(Path.cwd()) / "psql")
    given = {_VARIABLES[name]: str(value) for name, value in conninfo_to_dict(url).items() if name in _VARIABLES}
    return subprocess.run([program, *arguments], env=os.environ | given, check=False).returncode
