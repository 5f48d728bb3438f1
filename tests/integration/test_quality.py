"""The quality index of a run: published, kept for every run, the same as the rows say, and shown by the command."""

import json

import pytest
from typer.testing import CliRunner

from flows.cli import app
from warehouse import history

LOCAL = {
    "dossier": "processing_unit",
    "birth": "registration_place",
    "marriage": "registration_place",
    "death": "registration_place",
}


@pytest.fixture
def shown(first_run, monkeypatch):
    """What the command prints for the first run; nothing is written."""
    monkeypatch.setenv("DOISOAT_DATABASE", first_run.url)

    def run(*words):
        return CliRunner().invoke(app, ["quality", *words, "--workspace", str(first_run.root)])

    return run


@pytest.mark.parametrize("dataset", LOCAL)
def test_the_records_to_fix_of_a_unit_are_those_that_its_published_and_quarantined_rows_show(first_run, dataset):
    unit = LOCAL[dataset]
    rows = first_run.ask(
        lambda connection: connection.execute(
            f"with all_rows as ("
            f" select coalesce({unit}, '?') as unit, cardinality(failed_rules) > 0 as bad from published.{dataset}"
            f" union all select coalesce(named.unit, '?'), true from ledger.quarantine as q"
            f" left join (select distinct {unit} as unit from published.{dataset}) as named"
            f" on named.unit = q.original::json ->> '{unit}'"
            f" where q.dataset = '{dataset}' and q.resolved_release is null)"
            f" select unit, count(*), count(*) filter (where bad) from all_rows group by 1 order by 1"
        ).fetchall()
    )
    told = first_run.ask(
        lambda connection: connection.execute(
            f"select unit, record_count, to_fix_count from published.quality_unit where dataset = '{dataset}'"
            " order by 1"
        ).fetchall()
    )
    assert told == rows
    assert rows


def test_what_a_run_found_is_kept_and_agrees_with_what_it_published(first_run):
    kept = first_run.ask(history.quality)
    published = first_run.ask(
        lambda connection: connection.execute("select dataset, rule, checked, failed from published.quality").fetchall()
    )
    totals = kept.rules.filter(unit="").select("dataset", "rule", "checked", "failed").rows()
    assert sorted(totals) == sorted(published)
    (index,) = kept.scores.filter(dataset="", unit="", criterion="")["score"]
    assert index == first_run.summary["quality"]["index"]


def test_every_published_rule_has_a_level_and_an_error_group(first_run):
    assert first_run.column("select count(*) from published.quality where error_group is null") == [0]
    assert first_run.column("select count(*) from published.quality where (level is null) <> (score is null)") == [0]


def test_each_delivery_leaves_its_profile_with_no_value_of_a_person(first_run):
    found = first_run.ask(lambda connection: history.profiles(connection, 14))
    assert {each.dataset for each in found} >= {"dossier", "birth", "population", "enterprise"}
    name = first_run.column("select owner_name from published.dossier where owner_name is not null limit 1")[0]
    assert name not in json.dumps([dict(each.profile) for each in found], ensure_ascii=False)


def test_the_command_shows_index_rules_and_units(shown, first_run):
    told = shown("show", "--rows", "3")
    assert told.exit_code == 0, told.output
    assert "data-quality index" in told.output
    assert "owner_number_present" in told.output


def test_the_command_tells_the_same_as_json_for_one_unit(shown, first_run):
    unit = first_run.column(
        "select unit from published.quality_unit where dataset = 'dossier' order by to_fix_count desc limit 1"
    )
    told = json.loads(shown("show", "--unit", unit[0], "--json").output)
    assert {each["unit"] for each in told["units"]} == set(unit)
    assert {each["dataset"] for each in told["datasets"]} <= set(LOCAL)
    assert told["units"][0]["to_fix"] > 0


@pytest.mark.parametrize(
    "words", [("show", "--unit", "UBND xã Không Có"), ("trend", "--unit", "x"), ("show", "--dataset", "y")]
)
def test_an_unknown_unit_or_dataset_is_refused_by_name(shown, words):
    told = shown(*words)
    assert told.exit_code != 0
    assert words[-1] in str(told.exception)


def test_the_trend_has_the_run(shown, first_run):
    (point,) = json.loads(shown("trend", "--dataset", "dossier", "--json").output)
    assert (point["run_id"], point["dataset"]) == (first_run.summary["run_id"], "dossier")
