"""The indicators as a run publishes them and the command tells them."""

import json
import re
from datetime import date

import polars as pl
import pytest

from flows import indicator_output
from flows.commands.indicators import indicators as command
from flows.errors import NotPublishedError
from flows.settings import load_settings


@pytest.fixture(scope="module")
def ready(first_run, tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DOISOAT_DATABASE", first_run.url)
        yield load_settings(None, workspace=tmp_path_factory.mktemp("workspace"))


def test_the_first_run_publishes_what_its_summary_tells(first_run, ready):
    told = indicator_output.chosen(ready, indicator_output.Wanted())
    rates = first_run.summary["indicators"]["rates"]
    assert told.rows.select(rates[0].keys()).to_dicts() == rates
    assert len(rates) > 20


def test_dossiers_of_all_units_are_those_published(first_run, ready):
    rows = indicator_output.chosen(ready, indicator_output.Wanted(variants=("official",))).rows
    row = rows.row(by_predicate=pl.col("indicator") == "on_time", named=True)
    of_year = "select count(*) from published.dossier where to_char(received_at, 'YYYY') = '" + row["period"] + "'"
    assert [row["denominator"] + row["unknown"]] == first_run.column(of_year)


def test_the_document_holds_schema_release_definitions_and_rows(ready):
    told = indicator_output.chosen(ready, indicator_output.Wanted(by_unit=True, variants=("official",)))
    document = json.loads(indicator_output.as_json(told))
    assert list(document) == ["schema", "schema_version", "release", "definitions", "rows"]
    assert (document["schema"], document["schema_version"], document["release"]) == ("doisoat.indicators", 1, 1)
    defined = {(each["indicator"], each["variant"]) for each in document["definitions"]}
    assert {(each["indicator"], each["variant"]) for each in document["rows"]} == defined
    assert all(each["unit"] != "*" and date.fromisoformat(each["begins_on"]) for each in document["rows"])


@pytest.mark.parametrize(
    ("wanted", "nearest"),
    [
        (indicator_output.Wanted(period="1999-01"), "--month 1999-01"),
        (indicator_output.Wanted(unit="UBND phường Hiệp Ann"), "UBND phường Hiệp An"),
        (indicator_output.Wanted(variants=("offical",)), "official"),
    ],
    ids=["month", "unit", "variant"],
)
def test_what_is_not_published_is_answered_with_what_comes_near(ready, wanted, nearest):
    with pytest.raises(NotPublishedError, match=nearest):
        indicator_output.chosen(ready, wanted)


def test_the_command_prints_both_languages_and_the_rates(ready, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "160")
    command(month=None, unit=None, variant=["official"], workspace=ready.workspace)
    told = capsys.readouterr().out
    assert "Tỷ lệ hồ sơ giải quyết đúng hạn" in told
    assert "Dossiers settled on time" in told
    assert re.search(r"Mọi đơn vị · all units\n(\d{4}) \(01/01/\1", told)


@pytest.mark.filterwarnings("error")
def test_before_the_first_release_there_is_nothing_to_print(database_url, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("DOISOAT_DATABASE", database_url)
    for month in ("2026-01", None):
        command(month=month, unit="UBND xã A", variant=None, workspace=tmp_path)
        assert "No such indicator is published yet." in capsys.readouterr().out
