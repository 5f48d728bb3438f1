"""The catalogue of an installation that has run: the figures of its database and exports, twice the same."""

import hashlib
import json

from flows.catalogue import catalogue, write
from flows.settings import load_settings
from review.catalogue import build


def made(first_run, monkeypatch, **options):
    monkeypatch.setenv("DOISOAT_DATABASE", first_run.url)
    return catalogue(load_settings(workspace=first_run.root), **{"is_without_database": False, **options})


def test_it_tells_the_release_the_quality_and_the_rows_that_were_published(first_run, monkeypatch):
    found = made(first_run, monkeypatch).snapshot
    assert (found.release.number, found.run.run_id) == (1, first_run.summary["run_id"])
    assert found.run.quality.index == found.release.quality_index
    (held,) = [each["held"] for each in first_run.summary["holdings"] if each["dataset"] == "dossier"]
    assert found.facts.rows["dossier"] == held


def test_the_checksums_are_those_of_the_exported_files(first_run, monkeypatch):
    document = json.loads(build(made(first_run, monkeypatch))["catalog.jsonld"])
    for dataset in document["dcat:dataset"]:
        table = dataset["dct:identifier"].removeprefix("published.")
        file = first_run.root / "releases" / "release-000001" / f"{table}.parquet"
        (checksum,) = [each["spdx:checksum"] for each in dataset["dcat:distribution"] if "spdx:checksum" in each]
        assert checksum["spdx:checksumValue"]["@value"] == hashlib.sha256(file.read_bytes()).hexdigest()


def test_two_folders_of_one_state_are_the_same_to_the_byte(first_run, monkeypatch, tmp_path):
    for name in ("one", "two"):
        write(made(first_run, monkeypatch), tmp_path / name)
    one, two = (
        {
            each.relative_to(tmp_path / name): each.read_bytes()
            for each in (tmp_path / name).rglob("*.*")
            if each.is_file()
        }
        for name in ("one", "two")
    )
    assert one == two


def test_no_database_means_definitions_only(first_run, monkeypatch):
    assert made(first_run, monkeypatch, is_without_database=True).snapshot is None
