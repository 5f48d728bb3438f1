"""A Prefect server that lives exactly as long as the process that started it: `python -m flows.prefect_server PORT`.

Prefect's own ephemeral server outlives a killed parent and prints tracebacks of cancelled services when stopped. This
one watches its standard input, which closes with the parent however that dies, and then leaves at once.
"""

import os
import sys
import threading

import uvicorn


def _leave_with_parent() -> None:
    sys.stdin.buffer.read()
    os._exit(0)


def main() -> None:
    """Serves Prefect's API on loopback until standard input closes."""
    threading.Thread(target=_leave_with_parent, daemon=True).start()
    uvicorn.run(
        "prefect.server.api.server:create_app",
        factory=True,
        host="127.0.0.1",
        port=int(sys.argv[1]),
        log_level="critical",
        lifespan="on",
    )


if __name__ == "__main__":
    main()
