"""The nightly run from deliveries to published tables, on a real PostgreSQL and a real Prefect."""

import json
import shutil
from dataclasses import replace

import polars as pl
import pytest

import warehouse
from flows.stages import match
from tests.integration.conftest import Installation
from tests.integration.deliveries import BIRTH, DAY, DOSSIER, delta, in_parts, manifest, read, shuffled

NEXT = "2026-11-21"


def book(summary, dataset):
    return next(each for each in summary["books"] if each["dataset"] == dataset)


def outcome(summary, delivery):
    return next(each for each in summary["deliveries"] if each["delivery_id"].startswith(delivery))


def test_a_first_run_publishes_every_accepted_row_and_leaves_summary_report_and_export(installed):
    summary = installed.summary
    assert (summary["status"], summary["release"]) == ("published", 1)
    assert book(summary, "dossier")["received"] == 160
    assert installed.column("select count(*) from published.dossier") == [book(summary, "dossier")["accepted"]]
    folder = installed.root / "runs" / summary["run_id"]
    assert json.loads((folder / "summary.json").read_text())["status"] == "published"
    assert "<html" in (folder / "report.html").read_text()
    assert summary["peak_memory_mib"] > 0
    assert {each["stage"] for each in summary["stages"]} >= {
        "read",
        "standardise",
        "check",
        "match",
        "publish",
        "export",
    }
    exported = json.loads(next(installed.root.glob("releases/*/manifest.json")).read_text())
    assert "dossier" in json.dumps(exported)


def test_the_same_deliveries_again_publish_nothing_new(installed, sample):
    before = installed.tables()
    again = installed.run(sample)
    assert (again["status"], again["release"]) == ("nothing_new", 1)
    assert {each["status"] for each in again["deliveries"]} == {"seen"}
    assert installed.tables() == before


def test_a_full_delivery_with_equal_rows_under_another_name_is_all_unchanged(installed, sample, tmp_path):
    renamed = tmp_path / "renamed"
    shutil.copytree(sample / "one-stop", renamed / "one-stop")
    path = renamed / DOSSIER
    path.write_text(path.read_text() + "\n")
    (renamed / "one-stop" / DAY).rename(renamed / "one-stop" / NEXT)
    again = installed.run(renamed)
    assert (again["status"], again["release"]) == ("nothing_new", 1)
    assert book(again, "dossier")["unchanged"] == book(again, "dossier")["received"] == 160


@pytest.mark.parametrize("rearranged", [shuffled, in_parts])
def test_rows_in_another_order_or_in_parts_give_identical_tables(
    installed, sample, tmp_path, rearranged, second_database_url
):
    expected = installed.tables()
    other = Installation(tmp_path / "other", second_database_url)
    other.run(rearranged(sample, tmp_path / "rearranged"), database=second_database_url)
    assert other.tables() == expected


def test_a_delta_replaces_adds_and_deletes_by_key(installed, sample, tmp_path):
    first, second, third = read(sample / DOSSIER).head(3).iter_rows(named=True)
    rows = [
        first | {"TrichYeuHoSo": "sửa"},
        second | {"_op": "delete"},
        third | {"MaHoSo": "H09.26-240103-9999", "NgayTiepNhan": "03/01/2024"},
    ]
    summary = installed.run(delta(tmp_path / "next", NEXT, "one-stop", "dossier", rows))
    assert summary["release"] == 2
    assert book(summary, "dossier")["accepted"] == 3
    assert book(summary, "dossier")["roles"][0]["by_reason"]["unlinkable"].get("withdrawn") == 1
    change = next(each for each in summary["changes"] if each["table"] == "dossier")
    assert (change["added"], change["changed"], change["removed"]) == (1, 1, 1)


def test_a_delta_before_any_full_is_refused_and_nothing_is_published(installation, sample, tmp_path):
    rows = read(sample / DOSSIER).head(2).to_dicts()
    summary = installation.run(delta(tmp_path / "next", NEXT, "one-stop", "dossier", rows))
    assert outcome(summary, "one-stop")["status"] == "refused"
    assert installation.column("select count(*) from published.dossier") == [0]


def test_a_delivery_with_a_wrong_checksum_is_refused_whole_and_the_others_go_on(installation, sample, tmp_path):
    drop = tmp_path / "drop"
    shutil.copytree(sample, drop)
    manifest((drop / BIRTH).parent, "birth", sha256={"birth.csv": "0" * 64})
    summary = installation.run(drop)
    assert outcome(summary, "civil-registry")["status"] == "refused"
    assert "birth.csv" in outcome(summary, "civil-registry")["problems"][0]["vi"]
    assert {each["dataset"] for each in summary["books"]} == {"dossier", "population", "enterprise"}
    assert installation.column("select count(*) from published.birth") == [0]


def test_a_full_delivery_that_lost_most_of_its_rows_is_refused(installed, sample, tmp_path):
    before = installed.tables()
    path = tmp_path / "drop" / "one-stop" / NEXT / "dossier.csv"
    path.parent.mkdir(parents=True)
    read(sample / DOSSIER).head(20).write_csv(path)
    summary = installed.run(tmp_path / "drop")
    assert outcome(summary, "one-stop")["problems"][0]["code"] == "row_count_jump"
    assert installed.tables() == before


def test_conflicting_rows_of_one_key_go_to_quarantine_with_their_originals(installation, sample, tmp_path):
    drop = tmp_path / "drop"
    shutil.copytree(sample, drop)
    rows = read(drop / DOSSIER)
    twin = rows.head(1).with_columns(pl.lit("Người Khác").alias("ChuHoSo"))
    pl.concat([rows, twin, rows.slice(1, 1)]).write_csv(drop / DOSSIER)
    found = book(installation.run(drop), "dossier")
    assert (found["received"], found["unchanged"]) == (162, 1)
    assert found["quarantined_by_rule"]["key_is_unique"] == 2
    assert "Người Khác" in str(installation.column("select original from ledger.quarantine where dataset = 'dossier'"))


def test_a_corrected_row_leaves_quarantine(installation, sample, tmp_path):
    drop = tmp_path / "drop"
    shutil.copytree(sample, drop)
    rows = read(drop / DOSSIER)
    bad = rows.with_columns(
        pl.when(pl.int_range(pl.len()) == 0).then(pl.lit("32/13/2024")).otherwise("NgayTiepNhan").alias("NgayTiepNhan")
    )
    bad.write_csv(drop / DOSSIER)
    assert book(installation.run(drop), "dossier")["quarantined_by_rule"] == {"received_at_understood": 1}
    installation.run(delta(tmp_path / "next", NEXT, "one-stop", "dossier", rows.head(1).to_dicts()))
    assert installation.ask(warehouse.open_quarantine).filter(pl.col("dataset") == "dossier").is_empty()


def test_books_that_do_not_balance_publish_nothing(installation, sample, monkeypatch):
    real = match.matching.link_night

    def twice(*args, **kwargs):
        night = real(*args, **kwargs)
        return replace(night, decisions=night.decisions.vstack(night.decisions))

    monkeypatch.setattr(match.matching, "link_night", twice)
    with pytest.raises(Exception, match=r"Sổ đối soát"):
        installation.run(sample)
    assert installation.column("select count(*) from published.dossier") == [0]
    assert installation.ask(lambda connection: warehouse.runs(connection, 1))[0]["status"] == "failed"


def test_an_unforeseen_failure_leaves_a_summary_and_no_personal_value_anywhere(installation, sample, monkeypatch):
    secret = " ".join(["NGUYỄN", "THỊ", "BÍ", "MẬT"])

    def broken(*_args, **_kwargs):
        raise ValueError(secret)

    monkeypatch.setattr(match.matching, "link_night", broken)
    with pytest.raises(Exception, match="ValueError"):
        installation.run(sample)
    (folder,) = (installation.root / "runs").iterdir()
    assert secret not in "".join(each.read_text() for each in folder.iterdir())
    assert json.loads((folder / "summary.json").read_text())["status"] == "failed"


def test_prefect_holds_no_personal_data(installed, sample, prefect, tmp_path_factory):
    names = read(sample / DOSSIER)["ChuHoSo"].head(50).to_list()
    for database in tmp_path_factory.getbasetemp().glob("prefect*/prefect.db*"):
        content = database.read_bytes()
        assert not [name for name in names if name.encode() in content]


def test_a_stewards_verdict_is_obeyed_by_the_next_run(installed, sample, tmp_path):
    is_by_number = (pl.col("dataset") == "dossier") & (pl.col("reason") == "identifier_and_name")
    row = installed.ask(warehouse.links).filter(is_by_number).row(0, named=True)
    installed.ask(
        lambda connection: connection.execute(
            "insert into ledger.verdict (record_id, role, reference, reference_id, verdict, steward)"
            " values (%(record_id)s, %(role)s, %(reference)s, %(reference_id)s, 'different', 'steward')",
            {key: row[key] for key in ("record_id", "role", "reference", "reference_id")},
        )
    )
    summary = installed.run(sample)
    after = installed.ask(warehouse.links).filter(pl.col("record_id") == row["record_id"]).row(0, named=True)
    assert (after["status"], after["reference_id"]) != ("linked", row["reference_id"])
    # The number still agrees, so people are told; the verdict stands.
    assert summary["contrary"] == {"number_agrees": 1}
    assert installed.column("select record_id from ledger.open_flag") == [row["record_id"]]


def test_older_content_sent_anew_is_applied_because_the_source_went_back_to_it(installed, sample, tmp_path):
    first = read(sample / DOSSIER)
    changed = first.with_columns(pl.lit("đổi").alias("TrichYeuHoSo"))
    for day, rows in (("2026-11-21", changed), ("2026-11-22", first)):
        path = tmp_path / day / "one-stop" / day / "dossier.csv"
        path.parent.mkdir(parents=True)
        rows.write_csv(path)
        installed.run(tmp_path / day)
    assert installed.column("select count(*) from published.dossier where summary = 'đổi'") == [0]


def test_a_run_that_cannot_even_look_leaves_a_summary_that_says_why(installed, tmp_path):
    with pytest.raises(Exception, match="nowhere"):
        installed.run(tmp_path / "nowhere")
    last = installed.ask(lambda connection: warehouse.runs(connection, 1))[0]
    assert last["status"] == "failed"
    assert "nowhere" in last["message_vi"]


def test_a_delta_of_the_register_changes_only_the_rows_it_concerns(installed, sample, tmp_path):
    people = read(sample / "population-db" / DAY / "population.csv")
    rows = people.tail(1).with_columns(pl.lit("NGUYỄN THỊ MỚI").alias("HoVaTen")).to_dicts()
    summary = installed.run(delta(tmp_path / "next", NEXT, "population-db", "population", rows))
    changed = {each["table"]: each["changed"] for each in summary["changes"]}
    assert changed["dossier"] <= 1
    assert changed["birth"] <= 1


def compared(summary):
    return {each["reference"]: each for each in summary["matching"]}


def test_a_night_compares_only_what_is_new_and_ends_as_an_installation_that_compares_all(
    installed, sample, tmp_path, second_database_url
):
    rows = read(sample / DOSSIER).head(2).with_columns(pl.lit("Trần Thị Bích Ngọc").alias("ChuHoSo")).to_dicts()
    drop = delta(tmp_path / "next", NEXT, "one-stop", "dossier", rows)
    first = compared(installed.summary)["population"]
    assert (first["memory"], first["pairs_compared"]) == ("first", first["pairs"])
    night = compared(installed.run(drop))["population"]
    assert night["memory"] == "used"
    assert 0 < night["profiles_anew"] <= 2
    assert 0 < night["pairs_compared"] < night["pairs"] / 5
    assert night["entries_anew"] == 0
    other = Installation(tmp_path / "other", second_database_url)
    other.run(sample, database=second_database_url)
    shutil.rmtree(other.root / "matched")
    whole = compared(other.run(drop, database=second_database_url))["population"]
    assert (whole["memory"], whole["pairs_compared"]) == ("first", whole["pairs"])
    assert other.tables() == installed.tables()
    assert other.ask(warehouse.links).equals(installed.ask(warehouse.links))


def test_a_night_whose_memory_is_damaged_compares_all_and_says_so(installed, sample, tmp_path):
    for path in installed.root.glob("matched/*/*.levels.parquet"):
        path.write_bytes(path.read_bytes()[:-20])
    rows = read(sample / DOSSIER).head(1).with_columns(pl.lit("sửa").alias("TrichYeuHoSo")).to_dicts()
    summary = installed.run(delta(tmp_path / "next", NEXT, "one-stop", "dossier", rows))
    assert summary["status"] == "published"
    for each in summary["matching"]:
        assert (each["memory"], each["pairs_compared"]) == ("damaged", each["pairs"])


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("dossier", "owner_person_id"),
        ("dossier", "owner_enterprise_id"),
        ("birth", "child_person_id"),
        ("birth", "mother_person_id"),
        ("birth", "father_person_id"),
        ("marriage", "husband_person_id"),
        ("marriage", "wife_person_id"),
        ("death", "deceased_person_id"),
        ("person_dossier", "person_id"),
    ],
)
def test_every_id_published_stands_in_its_table_and_resolves_to_itself(first_run, table, column):
    kind = column.removeprefix("owner_").removesuffix("_id").rpartition("_")[-1]
    counted = (
        f"select count(*), count(e.{kind}_id), count(*) filter (where ledger.resolve(t.{column}) = t.{column})"
        f" from published.{table} as t left join published.{kind} as e on e.{kind}_id = t.{column}"
        f" where t.{column} is not null"
    )
    [(given, standing, resolved)] = first_run.ask(lambda connection: connection.execute(counted).fetchall())
    assert given > 0
    assert (standing, resolved) == (given, given)


def test_whoever_is_named_has_an_id_and_nobody_else(first_run):
    query = "select owner_link_reason = 'not_named', count(coalesce(owner_person_id, owner_enterprise_id)), count(*)"
    found = first_run.ask(lambda c: c.execute(f"{query} from published.dossier group by 1 order by 1").fetchall())
    assert [ids for is_nobody, ids, _ in found if is_nobody] in ([], [0])
    assert all(ids == rows for is_nobody, ids, rows in found if not is_nobody)


def test_what_is_linked_now_is_what_was_published(first_run):
    query = (
        "select count(*) from ledger.links_at() as l join published.dossier as d on d.dossier_id = l.record_id"
        " where d.owner_link_status = l.status and l.entity_id is not distinct from"
        " coalesce(d.owner_person_id, d.owner_enterprise_id) and l.about_on = d.received_at::date"
    )
    assert first_run.column(query) == first_run.column("select count(*) from published.dossier")
