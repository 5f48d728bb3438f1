"""Releases as an operator meets them: held by a limit, approved, rolled back, resumed."""

import json

import pytest
from typer.testing import CliRunner

from flows.cli import app
from tests.integration.deliveries import BIRTH, DOSSIER, delta, read
from warehouse.errors import StaleCandidateError


def doisoat(installation, *arguments):
    done = CliRunner().invoke(app, [*arguments, "--workspace", str(installation.root)], env={"COLUMNS": "200"})
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    assert done.exit_code == 0, done.output
    return done.output


@pytest.fixture
def removing(sample, tmp_path):
    """A delta that takes more dossiers away than a release may."""
    gone = read(sample / DOSSIER).head(40)
    rows = [{**row, "_op": "delete"} for row in gone.to_dicts()]
    return delta(tmp_path / "drop", "2026-11-21", "one-stop", "dossier", rows)


def test_a_held_release_is_shown_approved_without_its_run_and_rolled_back(installed, sample, removing):
    before = installed.tables()
    held = installed.run(sample, removing)
    assert (held["status"], held["release"]) == ("held", 1)
    assert [each["limit"] for each in held["held_because"]] == ["max_removed_share"]
    assert f"doisoat release approve {held['candidate']}" in held["message_en"]
    assert installed.tables() == before

    shown = json.loads(doisoat(installed, "release", "show", "--json"))["candidate"]
    assert (shown["candidate_id"], shown["status"]) == (held["candidate"], "held")
    assert shown["findings"]["would_change"] == held["would_change"]
    assert "40 dòng bị bỏ" in doisoat(installed, "release", "show")

    assert "Release 2 is published." in doisoat(installed, "release", "approve", held["candidate"], "--by", "Lan")
    assert installed.column("select count(*) from published.dossier") == [120]
    # What the run would have done besides: old holdings are gone, the release is exported, the deliveries are seen.
    assert len(list(installed.root.glob("holdings/dossier/*.parquet"))) == 1
    assert (installed.root / "releases" / "release-000002" / "manifest.json").exists()
    assert installed.run(sample, removing)["status"] == "nothing_new"

    doisoat(installed, "release", "rollback", "--by", "Lan", "--reason", "xóa nhầm")
    assert installed.column("select count(*) from published.dossier") == [160]
    assert (installed.root / "releases" / "release-000003" / "manifest.json").exists()
    # The next night would publish the same again; it has to wait, until releases are resumed and it is approved.
    again = installed.run(sample, removing)
    assert [each["limit"] for each in again["held_because"]] == ["hold", "max_removed_share"]
    doisoat(installed, "release", "resume", "--by", "Lan")
    assert installed.run(sample, removing, release={"max_removed_share": 1})["status"] == "published"
    assert installed.column("select count(*) from published.dossier") == [120]


def test_a_candidate_that_a_later_run_replaced_is_refused(installed, sample, removing, tmp_path):
    first = installed.run(sample, removing)
    rows = read(sample / BIRTH).head(1).to_dicts()
    more = delta(tmp_path / "more", "2026-11-22", "civil-registry", "birth", [{**rows[0], "_op": "delete"}])
    second = installed.run(sample, removing, more)
    assert (second["status"], second["candidate"] != first["candidate"]) == ("held", True)
    before = installed.tables()
    with pytest.raises(StaleCandidateError, match="a later run has replaced"):
        doisoat(installed, "release", "approve", first["candidate"], "--by", "Lan")
    assert installed.tables() == before
    doisoat(installed, "release", "approve", second["candidate"], "--by", "Lan")
    assert installed.column("select count(*) from published.birth") == [39]
