"""`doisoat serve`: Prefect's own scheduler starts the nightly flow, and an interrupt ends everything."""

import os
import signal
import subprocess
import sys
import time

import warehouse
from tests.integration.deliveries import SAMPLES, small_drop

PATIENCE_SECONDS = 240


def runs(url):
    with warehouse.connect(url) as connection:
        warehouse.prepare(connection)
        return warehouse.runs(connection, 5)


def test_the_flow_runs_on_its_schedule_and_an_interrupt_ends_the_service(tmp_path, database_url, monkeypatch):
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    small_drop(tmp_path / "drop")
    (tmp_path / "doisoat.toml").write_text('[schedule]\ncron = "* * * * *"\n', encoding="utf-8")
    environment = os.environ | {"DOISOAT_DATABASE": database_url, "PYTHONPATH": str(SAMPLES.parent)}
    command = [sys.executable, "-c", "from flows.cli import main; main()", "serve"]
    with (tmp_path / "log").open("w") as log:
        service = subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=log, stderr=log)
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline and service.poll() is None:
            if any(each["status"] == "published" for each in runs(database_url)):
                break
            time.sleep(2)
        service.send_signal(signal.SIGINT)
        service.wait(timeout=60)
    assert [each["release"] for each in runs(database_url) if each["status"] == "published"] == [1]
    assert "Traceback" not in (tmp_path / "log").read_text()
