"""A run killed at any stage and started again ends as if it had never been killed."""

import os
import signal
import subprocess
import sys

import pytest

import warehouse
from flows.progress import STAGES

COMMAND = [sys.executable, "-c", "from flows.cli import main; main()", "run"]


@pytest.fixture
def start(prefect, tmp_path):
    """Starts `doisoat run` as a process of its own that shows its stages as lines."""

    def begin(drop, workspace, url):
        arguments = [*COMMAND, "--drop", str(drop), "--workspace", str(tmp_path / workspace)]
        environment = os.environ | {"DOISOAT_DATABASE": url}
        return subprocess.Popen(
            arguments, env=environment, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True
        )

    return begin


def kill_at(process, stage):
    """Kills the process as soon as it says that the stage begins; False if it never came to that."""
    for line in process.stderr:
        if STAGES[stage][1] in line:
            process.send_signal(signal.SIGKILL)
            process.communicate()
            return True
    process.communicate()
    return False


def checksums(url):
    with warehouse.connect(url) as connection:
        return warehouse.checksums(connection), warehouse.links(connection)


def test_killed_in_every_stage_in_turn_and_started_again_the_tables_are_those_of_an_undisturbed_run(
    start, sample, database_url, second_database_url
):
    undisturbed = start(sample, "undisturbed", database_url)
    undisturbed.communicate()
    assert undisturbed.returncode == 0
    for stage in STAGES:
        assert kill_at(start(sample, "killed", second_database_url), stage), stage
    final = start(sample, "killed", second_database_url)
    final.communicate()
    assert final.returncode == 0
    expected, expected_links = checksums(database_url)
    found, found_links = checksums(second_database_url)
    assert found == expected
    assert found_links.equals(expected_links)
