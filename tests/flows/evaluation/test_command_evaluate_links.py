"""Files in, figures out: links and clusters held against their truth."""

import json
from io import StringIO
from pathlib import Path

import polars as pl
import pytest
from rich.console import Console

from flows.commands.evaluate_links import Asked, evaluation, show_links
from flows.errors import PathError, TableError
from flows.evaluation.output import Output


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """Ten records, each linked with p 0.9 but the last; of the links one is wrong."""
    ids = [f"{at:03}" for at in range(10)]
    partners = [*(f"R{each}" for each in ids[:9]), None]
    status = ["linked"] * 9 + ["not_found"]
    links = pl.DataFrame({"left_id": ids, "right_id": partners, "status": status, "probability": [0.9] * 9 + [0.1]})
    links.write_csv(tmp_path / "links.csv")
    links.write_parquet(tmp_path / "links.parquet")
    near = pl.DataFrame({"left_id": ids, "right_id": [f"R{each}" for each in ids], "probability": [0.9] * 9 + [0.1]})
    near.write_parquet(tmp_path / "pairs.parquet")
    truth = pl.DataFrame({"left_id": ids, "right_id": ["", *(f"R{each}" for each in ids[1:])], "sex": ["nam"] * 10})
    truth.write_csv(tmp_path / "truth.csv")
    return tmp_path


@pytest.mark.parametrize("name", ["links.csv", "links.parquet"])
def test_links_are_judged_whatever_their_format(files, name):
    rates = evaluation(Asked(files / "truth.csv", links=files / name)).rates
    assert (rates.linked, rates.correct, rates.matches) == (9, 8, 9)


def test_candidates_bring_thresholds_and_calibration(files):
    asked = Asked(files / "truth.csv", links=files / "links.parquet", candidates=files / "pairs.parquet")
    told = evaluation(asked)
    assert {point.threshold: point.rates.linked for point in told.curve}[0.95] == 0
    assert told.calibration is not None
    assert sum(each.pairs for each in told.calibration.bins) == 10


def test_groups_are_columns_of_the_truth_or_of_a_table_of_records(files):
    by_truth = evaluation(Asked(files / "truth.csv", links=files / "links.csv", by=["sex"]))
    assert [(each.value, each.records) for each in by_truth.groups] == [("nam", 10)]
    records = pl.DataFrame({"ma": [f"{at:03}" for at in range(10)], "unit": ["north"] * 10})
    records.write_csv(files / "records.csv")
    asked = Asked(files / "truth.csv", links=files / "links.csv", by=["unit"], records=files / "records.csv")
    with pytest.raises(PathError, match="--id"):
        evaluation(asked)
    named = Asked(asked.truth, links=asked.links, by=["unit"], records=asked.records, id_column="ma")
    assert [each.value for each in evaluation(named).groups] == ["north"]


def test_a_partial_truth_leaves_other_records_aside(files):
    pl.DataFrame({"left_id": ["001"], "right_id": ["R001"]}).write_csv(files / "some.csv")
    whole = evaluation(Asked(files / "some.csv", links=files / "links.csv")).rates
    partial = evaluation(Asked(files / "some.csv", links=files / "links.csv", is_truth_partial=True)).rates
    assert (whole.linked, whole.correct) == (9, 1)
    assert (partial.linked, partial.correct) == (1, 1)


@pytest.mark.parametrize(
    "truth",
    [{"id": ["a", "b", "c"], "cluster_id": ["x", "x", "y"]}, {"left_id": ["b"], "right_id": ["a"]}],
    ids=["clusters", "pairs"],
)
def test_the_truth_of_clusters_is_clusters_or_pairs(tmp_path, truth):
    pl.DataFrame({"id": ["a", "b", "c"], "cluster_id": ["a", "a", "a"]}).write_csv(tmp_path / "clusters.csv")
    pl.DataFrame(truth).write_csv(tmp_path / "truth.csv")
    rates = evaluation(Asked(tmp_path / "truth.csv", clusters=tmp_path / "clusters.csv")).rates
    assert (rates.linked, rates.correct, rates.matches) == (3, 1, 1)


def test_links_and_clusters_together_are_refused(files):
    with pytest.raises(PathError, match="not both"):
        evaluation(Asked(files / "truth.csv", links=files / "links.csv", clusters=files / "links.csv"))


def test_a_missing_column_is_named_beside_those_there_are(files):
    (files / "bad.csv").write_text("member_id,right_id\na,b\n", encoding="utf-8")
    with pytest.raises(TableError, match=r'"left_id" is missing.*member_id'):
        evaluation(Asked(files / "bad.csv", links=files / "links.csv"))


def test_a_probability_that_is_no_number_is_named(files):
    (files / "bad.csv").write_text("left_id,right_id,probability\na,b,high\n", encoding="utf-8")
    with pytest.raises(TableError, match='"probability" is not all numbers'):
        evaluation(Asked(files / "truth.csv", links=files / "links.csv", candidates=files / "bad.csv"))


def test_a_status_that_is_none_is_refused(files):
    path = files / "links.csv"
    path.write_text("left_id,right_id,status,probability\na,b,lonked,0.9\n", encoding="utf-8")
    with pytest.raises(TableError, match=r'column "status" has 1 rows that are none of linked'):
        evaluation(Asked(files / "truth.csv", links=path))


def test_json_holds_all_figures_and_the_report_no_id(files, capsys):
    asked = Asked(files / "truth.csv", links=files / "links.csv", candidates=files / "pairs.parquet", by=["sex"])
    show_links(asked, Output(as_json=True, report=files / "report.html"), Console())
    told = json.loads(capsys.readouterr().out)
    assert told["rates"]["correct"] == 8
    assert {"curve", "calibration", "groups"} <= set(told)
    page = (files / "report.html").read_text(encoding="utf-8")
    assert "R001" not in page
    assert "nam" in page


def test_tables_fit_eighty_columns(files):
    console = Console(width=80, record=True, file=StringIO())
    asked = Asked(files / "truth.csv", links=files / "links.csv", candidates=files / "pairs.parquet", by=["sex"])
    show_links(asked, Output(), console)
    shown = console.export_text()
    assert "0.8889" in shown
    assert "…" not in shown


def test_a_report_over_an_input_is_refused_before_any_work(files):
    with pytest.raises(PathError, match="already"):
        show_links(Asked(files / "truth.csv", links=files / "links.csv"), Output(report=files / "links.csv"), Console())


def test_of_nothing_linked_neither_table_nor_report_tells_a_precision(files):
    nobody = pl.read_parquet(files / "links.parquet").with_columns(
        right_id=pl.lit(None, pl.String), status=pl.lit("not_found")
    )
    nobody.write_parquet(files / "links.parquet")
    told = StringIO()
    asked = Asked(files / "truth.csv", links=files / "links.parquet")
    show_links(asked, Output(report=files / "report.html"), Console(file=told, width=100))
    row = next(line for line in told.getvalue().splitlines() if "pairs" in line)
    assert row.split()[-6:] == ["0", "0", "9", "–", "0.0000", "0.0000"]
    assert '<td class="n">–</td><td class="n">0,0000</td>' in (files / "report.html").read_text(encoding="utf-8")
