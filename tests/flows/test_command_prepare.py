"""`doisoat prepare`, `update`, `find` and `link --register`: a register made ready once and asked again and again."""

import io
import shutil
from pathlib import Path

import polars as pl
import pytest
from rich.console import Console

from flows import cli
from flows.commands import find, night, prepare
from flows.errors import PathError, TableError
from flows.exits import Exit
from matching.errors import SpecError

SAMPLE = Path(__file__).parents[2] / "samples" / "linkage"
MEMBERS, RESIDENTS, SPEC = SAMPLE / "members.csv", SAMPLE / "residents.csv", SAMPLE / "link.toml"


def printed(work, job):
    console = Console(file=io.StringIO(), width=160)
    work(job, console)
    return console.file.getvalue()


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    folder = tmp_path_factory.mktemp("prepared") / "register"
    told = printed(prepare.run_prepare, prepare.Job(SPEC, RESIDENTS, folder, local=MEMBERS))
    assert "2.000" in told
    return folder


@pytest.fixture
def register(prepared, tmp_path):
    return shutil.copytree(prepared, tmp_path / "register")


def link_night(register, out, **others):
    return printed(night.run_night, night.Job(register, MEMBERS, out, **others))


def test_the_sample_is_linked_against_the_prepared_register_as_it_was_made(register, tmp_path):
    told = link_night(register, tmp_path / "links.parquet", spec=SPEC, candidates=tmp_path / "pairs.csv")
    truth = pl.read_csv(SAMPLE / "truth.csv", infer_schema=False)
    links = pl.read_parquet(tmp_path / "links.parquet").filter(pl.col("status") == "linked")
    found = links.join(truth, on="left_id", suffix="_true")
    assert (found["right_id"] == found["right_id_true"]).sum() / truth["right_id"].count() > 0.97
    assert "pairs.csv" in told


def test_a_second_night_gives_the_same_file(register, tmp_path):
    for name in ("one.csv", "two.csv"):
        link_night(register, tmp_path / name)
    assert (tmp_path / "one.csv").read_bytes() == (tmp_path / "two.csv").read_bytes()


def test_a_record_is_found_with_its_sentence(register):
    asked = find.Asked(register, ["ho_ten=Nguyen Huu Trung", "ngay_sinh=01/10/1940"], 3)
    told = printed(find.run_find, asked)
    truth = dict(pl.read_csv(SAMPLE / "truth.csv", infer_schema=False).iter_rows())
    assert truth["M001"] in told
    assert "the same day" in told


def test_nobody_is_told_as_such(register):
    told = printed(find.run_find, find.Asked(register, ["ho_ten="], 3))
    assert "Nobody in the register comes near" in told


def test_what_is_no_column_and_value_is_refused(register):
    with pytest.raises(SpecError, match="must be column=value"):
        find.run_find(find.Asked(register, ["Nguyễn"], 3), Console(file=io.StringIO()))


def test_changes_of_the_register_are_brought_in(register, tmp_path):
    (tmp_path / "changed.csv").write_text(
        "resident_id,full_name,birth_date,phone,commune\nR1,Đinh Công Trứ,1999-09-09,,\n"
    )
    (tmp_path / "removed.csv").write_text("resident_id\nR10300\n")
    change = prepare.Change(register, tmp_path / "changed.csv", tmp_path / "removed.csv", is_compacted=True)
    told = printed(prepare.run_update, change)
    assert [line.rsplit(": ", 1)[1] for line in told.splitlines()] == ["1", "0", "1"]
    asked = find.Asked(register, ["ho_ten=Dinh Cong Tru", "ngay_sinh=1999"], 1)
    assert "R1 " in printed(find.run_find, asked)


def test_a_table_of_changes_without_a_column_is_refused(register, tmp_path):
    (tmp_path / "changed.csv").write_text("resident_id,full_name\nR1,Đinh Công Trứ\n")
    with pytest.raises(SpecError, match='no column "birth_date"'):
        printed(prepare.run_update, prepare.Change(register, tmp_path / "changed.csv"))


def test_a_table_of_removed_entries_without_ids_is_refused(register, tmp_path):
    (tmp_path / "removed.csv").write_text("name\nx\n")
    with pytest.raises(TableError, match=r'removed\.csv: column "resident_id" is missing'):
        printed(prepare.run_update, prepare.Change(register, removed=tmp_path / "removed.csv"))


def test_a_folder_whose_parent_is_missing_is_told_before_any_work(tmp_path):
    job = prepare.Job(SPEC, RESIDENTS, tmp_path / "no" / "register", local=MEMBERS)
    with pytest.raises(PathError, match="parent folder"):
        printed(prepare.run_prepare, job)


def test_a_folder_of_other_things_is_told_before_any_work(tmp_path):
    (tmp_path / "letters.txt").write_text("mine")
    with pytest.raises(PathError, match="choose another folder"):
        printed(prepare.run_prepare, prepare.Job(SPEC, RESIDENTS, tmp_path, local=MEMBERS))


def test_without_model_and_local_table_nothing_is_prepared(tmp_path):
    with pytest.raises(SpecError, match="local table to learn them from"):
        printed(prepare.run_prepare, prepare.Job(SPEC, RESIDENTS, tmp_path / "register"))


@pytest.mark.parametrize(
    "words",
    [
        ["link", str(MEMBERS), "--out", "l.csv"],
        ["link", str(MEMBERS), str(RESIDENTS), "--register", "r", "--out", "l.csv"],
        ["link", str(MEMBERS), "--register", "r", "--report", "r.html", "--out", "l.csv"],
    ],
    ids=["neither", "both", "a report of a night"],
)
def test_link_takes_either_a_right_table_or_a_register(words, monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["doisoat", *words])
    with pytest.raises(SystemExit) as stopped:
        cli.main()
    assert stopped.value.code == Exit.USAGE
    assert "--register" in capsys.readouterr().err


def test_a_night_against_no_register_ends_with_its_exit_code(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["doisoat", "find", "--register", str(tmp_path), "--set", "ho_ten=x"])
    with pytest.raises(SystemExit) as stopped:
        cli.main()
    assert stopped.value.code == Exit.SETTINGS
    assert "no prepared register" in capsys.readouterr().err
