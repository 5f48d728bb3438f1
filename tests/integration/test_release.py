"""Releases as an operator meets them: held by a limit, approved, rolled back, resumed."""

import json

import polars as pl
import pytest
from typer.testing import CliRunner

from flows.cli import app
from flows.exits import Exit
from tests.integration.deliveries import DOSSIER, delta, read
from warehouse.errors import StaleCandidateError

GONE = 25


@pytest.fixture
def doisoat(installed):
    """Runs `doisoat release …` on the installation; what it prints."""

    def run(*arguments):
        command = ["release", *arguments, "--workspace", str(installed.root)]
        done = CliRunner().invoke(app, command, env={"COLUMNS": "200"}, catch_exceptions=False)
        assert done.exit_code == Exit.DONE, done.output
        return done.output

    return run


@pytest.fixture
def removing(sample, tmp_path):
    """A delta that takes more dossiers away than a release may, but not so many that gate two refuses it."""
    rows = read(sample / DOSSIER).filter(pl.col("LoaiDoiTuong") == "1").head(GONE)
    rows = [{**row, "_op": "delete"} for row in rows.to_dicts()]
    return delta(tmp_path / "drop", "2026-11-21", "one-stop", "dossier", rows)


def test_a_held_release_is_shown_then_approved_without_its_run_and_then_rolled_back(
    installed, doisoat, sample, removing
):
    before = installed.tables()
    held = installed.run(sample, removing)
    assert (held["status"], held["release"]) == ("held", 1)
    assert [each["limit"] for each in held["held_because"]] == ["max_removed_share"]
    assert f"doisoat release approve {held['candidate']}" in held["message_en"]
    assert installed.tables() == before

    shown = json.loads(doisoat("show", "--json"))["candidate"]
    assert (shown["candidate_id"], shown["status"]) == (held["candidate"], "held")
    assert shown["findings"]["would_change"] == held["would_change"]
    assert f"dossier: {GONE} dòng bị bỏ" in doisoat("show")
    with pytest.raises(StaleCandidateError, match="a later run has replaced it"):
        doisoat("approve", "0123abcd", "--by", "Lan")
    assert installed.tables() == before

    assert "Release 2 is published." in doisoat("approve", held["candidate"], "--by", "Lan")
    assert installed.column("select count(*) from published.dossier") == [160 - GONE]
    # What its run would have done besides: old holdings go, the release is exported, the deliveries are known.
    assert len(list(installed.root.glob("holdings/dossier/*.parquet"))) == 1
    assert (installed.root / "releases" / "release-000002" / "manifest.json").exists()
    assert installed.run(sample, removing)["status"] == "nothing_new"

    doisoat("rollback", "--by", "Lan", "--reason", "xóa nhầm")
    assert installed.column("select count(*) from published.dossier") == [160]
    assert (installed.root / "releases" / "release-000003" / "manifest.json").exists()
    # The next night would publish the same again, though nothing is new: it has to wait.
    again = installed.run(sample, removing)
    assert [each["limit"] for each in again["held_because"]] == ["hold", "max_removed_share"]
    assert "Runs publish by themselves again" in doisoat("resume", "--by", "Lan")
    assert "Nothing was held" in doisoat("resume", "--by", "Lan")


def test_holds_and_pins_are_shown_until_they_are_taken_away(installed, doisoat):
    doisoat("hold", "--by", "Lan", "--reason", "[bold]chờ[/] đối chiếu")
    assert "[bold]chờ[/] đối chiếu" in doisoat("show")
    doisoat("pin", "1", "--by", "Lan", "--name", "y_te")
    assert "release_y_te = 1 (Lan)" in doisoat("show")
    assert installed.column("select count(*) from release_y_te.dossier") == [160]
    doisoat("unpin", "y_te", "--by", "Lan")
    assert json.loads(doisoat("show", "--json"))["pins"] == []


@pytest.mark.parametrize("by", [[], ["--by", " "]], ids=["not given", "blank"])
@pytest.mark.parametrize(
    "command", [["approve"], ["hold", "--reason", "x"], ["rollback", "--reason", "x"], ["pin", "1"]]
)
def test_who_does_it_must_be_named(command, by):
    done = CliRunner().invoke(app, ["release", *command, *by])
    assert done.exit_code == Exit.USAGE
    assert "--by" in done.output
