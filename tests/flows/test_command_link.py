"""`doisoat link` and `doisoat dedupe`: from files to files, fast to start, and never a traceback for a bad input."""

import io
import os
import shutil
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest
from rich.console import Console

from flows.commands.link import Job, run_link
from flows.exits import Exit
from matching.engine.link import LINKS

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "samples" / "linkage"
LINK = ["link", "members.csv", "residents.csv", "--spec", "link.toml", "--out", "links.csv"]
DEDUPE = ["dedupe", "members.csv", "--spec", "dedupe.toml", "--out", "twice.csv"]


def run(job):
    console = Console(file=io.StringIO(), width=120)
    run_link(job, console)
    return console.file.getvalue()


@pytest.fixture(scope="module")
def linked(tmp_path_factory):
    folder = tmp_path_factory.mktemp("linked")
    job = Job(
        SAMPLE / "link.toml",
        (SAMPLE / "members.csv", SAMPLE / "residents.csv"),
        folder / "links.parquet",
        folder / "report.html",
        folder / "model.json",
        candidates=folder / "pairs.parquet",
    )
    return folder, run(job)


def test_every_left_record_has_one_answer(linked):
    folder, _ = linked
    links = pl.read_parquet(folder / "links.parquet")
    assert links.schema == LINKS
    assert links["left_id"].to_list() == [f"M{at:03}" for at in range(1, 401)]


def test_the_sample_is_linked_as_it_was_made(linked):
    folder, _ = linked
    truth = pl.read_csv(SAMPLE / "truth.csv", infer_schema=False)
    links = pl.read_parquet(folder / "links.parquet").filter(pl.col("status") == "linked")
    found = links.join(truth, on="left_id", suffix="_true")
    right = (found["right_id"] == found["right_id_true"]).sum()
    assert right / links.height > 0.97
    assert right / truth["right_id"].count() > 0.97


def test_the_console_tells_outcomes_expectations_and_files(linked):
    folder, said = linked
    for words in ("Đã nối · linked", "Kỳ vọng · expected: precision 0.9", str(folder / "report.html")):
        assert words in said


def test_the_candidates_have_a_level_and_its_bits_a_field(linked):
    folder, _ = linked
    fields = ["name", "birth_date", "phone", "commune"]
    pairs = pl.read_parquet(folder / "pairs.parquet")
    assert pairs.columns == [
        "left_id",
        "right_id",
        *fields,
        *(f"{each}_bits" for each in fields),
        "bits",
        "probability",
    ]
    told = pairs.select(pl.sum_horizontal(pl.col("^.*_bits$")) - pl.col("bits")).to_series()
    assert told.abs().max() < 0.001


def test_a_model_used_again_gives_the_same_links(linked, tmp_path):
    folder, _ = linked
    tables = (SAMPLE / "members.csv", SAMPLE / "residents.csv")
    run(Job(SAMPLE / "link.toml", tables, tmp_path / "again.parquet", use_model=folder / "model.json"))
    again, before = pl.read_parquet(tmp_path / "again.parquet"), pl.read_parquet(folder / "links.parquet")
    assert again.drop("probability", "weight").equals(before.drop("probability", "weight"))


def test_dedupe_puts_every_record_into_one_cluster(tmp_path):
    run(Job(SAMPLE / "dedupe.toml", (SAMPLE / "members.csv",), tmp_path / "twice.csv"))
    clusters = pl.read_csv(tmp_path / "twice.clusters.csv")
    assert clusters["id"].n_unique() == clusters.height == 400
    pairs = pl.read_csv(tmp_path / "twice.csv").filter(pl.col("status") == "linked")
    truth = pl.read_csv(SAMPLE / "truth.csv")
    resident = dict(zip(truth["left_id"], truth["right_id"], strict=True))
    right = sum(resident[one] is not None and resident[one] == resident[two] for one, two, *_ in pairs.iter_rows())
    assert right / pairs.height > 0.9


@pytest.mark.parametrize("ending", [".parquet", ".jsonl"])
def test_the_form_of_the_tables_does_not_matter(linked, tmp_path, ending):
    folder, _ = linked
    frame = pl.read_csv(SAMPLE / "members.csv", infer_schema=False)
    other = tmp_path / f"members{ending}"
    frame.write_parquet(other) if ending == ".parquet" else frame.write_ndjson(other)
    run(Job(SAMPLE / "link.toml", (other, SAMPLE / "residents.csv"), tmp_path / "links.parquet"))
    assert pl.read_parquet(tmp_path / "links.parquet").equals(pl.read_parquet(folder / "links.parquet"))


def doisoat(*arguments, cwd):
    command = [sys.executable, "-c", "from flows.cli import main; main()", *arguments]
    environment = os.environ | {"PYTHONPATH": str(ROOT), "COLUMNS": "160"}
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture
def folder(tmp_path):
    """A copy of the sample to spoil."""
    return Path(shutil.copytree(SAMPLE, tmp_path / "linkage"))


def spoilt(folder, name, old, new):
    path = folder / name
    text = path.read_text(encoding="utf-8-sig")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


SPOILT = {
    "mistyped column": ("link.toml", '"ho_ten"', '"ho_tn"', Exit.SETTINGS, ('no column "ho_tn"', "ho_ten")),
    "mistyped kind": ("link.toml", '"date"', '"dates"', Exit.SETTINGS, ("[[compare]] 2, kind", "known: date")),
    "no TOML": ("link.toml", "[left]", "[left", Exit.SETTINGS, ("not TOML",)),
    "repeated id": ("members.csv", "M002", "M001", Exit.FAILED, ("rows 2, 3",)),
    "blank id": ("members.csv", "M002", "", Exit.FAILED, ("row 3",)),
    "a field too many": ("members.csv", "M002,", "M002,,", Exit.FAILED, ("row 3",)),
    "no id column": ("residents.csv", "resident_id", "x", Exit.SETTINGS, ('no column "resident_id"',)),
}


@pytest.mark.parametrize("name", SPOILT)
def test_a_bad_input_is_a_sentence_and_nothing_is_written(folder, name):
    file, old, new, code, words = SPOILT[name]
    spoilt(folder, file, old, new)
    done = doisoat(*LINK, cwd=folder)
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    for each in words:
        assert each in done.stderr
    assert not (folder / "links.csv").exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([*LINK[:1], "nobody.csv", *LINK[2:]], "nobody.csv: không có tệp này"),
        ([*LINK[:-1], "links.txt"], ".parquet or .csv"),
        ([*LINK[:-1], "members.csv"], "uses this file already"),
        ([*LINK, "--use-model", "nothing.json"], "nothing.json: không có tệp này"),
        ([*LINK, "--report", "no/where.html"], "cannot be written"),
    ],
)
def test_a_wrong_command_line_is_a_sentence(folder, arguments, words):
    done = doisoat(*arguments, cwd=folder)
    assert done.returncode == Exit.USAGE
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def decided(folder, *lines, name="decisions.csv"):
    path = folder / name
    path.write_text("\n".join(("left_id,right_id,verdict", *lines)) + "\n", encoding="utf-8")
    return path


def test_decisions_are_obeyed_and_learnt_from(tmp_path):
    path = decided(tmp_path, "M001,R11384,same", "M002,R11384,different")
    job = Job(
        SAMPLE / "link.toml",
        (SAMPLE / "members.csv", SAMPLE / "residents.csv"),
        tmp_path / "links.csv",
        model=tmp_path / "model.json",
        decisions=path,
    )
    assert "decisions learnt from: 2" in run(job)
    links = {row["left_id"]: row for row in pl.read_csv(tmp_path / "links.csv").to_dicts()}
    assert links["M001"]["right_id"] == "R11384"
    assert links["M001"]["reason"] == "decided_by_steward"
    assert links["M002"]["right_id"] != "R11384"
    assert '"verdicts": 2' in (tmp_path / "model.json").read_text(encoding="utf-8")


@pytest.mark.parametrize("ending", [".parquet", ".jsonl"])
def test_decisions_may_be_of_any_form(tmp_path, ending):
    frame = pl.read_csv(decided(tmp_path, "M001,R11384,same"), infer_schema=False)
    path = tmp_path / f"decisions{ending}"
    frame.write_parquet(path) if ending == ".parquet" else frame.write_ndjson(path)
    tables = (SAMPLE / "members.csv", SAMPLE / "residents.csv")
    assert "learnt from: 1" in run(Job(SAMPLE / "link.toml", tables, tmp_path / "links.csv", decisions=path))


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (["M001,R11384,maybe"], "decisions.csv, row 2: the verdict must be same / different"),
        (["M001,R11384,same", "M9,R11384,different"], 'row 3: left_id is not in column "member_id" of members.csv'),
        (["M001,R9,same"], "row 2: right_id is not in column"),
        (["M001,R11384,same", "M001,R11384,different"], "row 2, 3: the same pair"),
        (["M001,R11384,same", "M001,R11682,same"], "row 2, 3: many-to-one allows one partner"),
    ],
)
def test_wrong_decisions_are_refused_with_their_rows(folder, lines, words):
    decided(folder, *lines)
    done = doisoat(*LINK, "--decisions", "decisions.csv", cwd=folder)
    assert done.returncode == Exit.FAILED
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert not (folder / "links.csv").exists()


def test_decisions_without_a_verdict_column_are_refused(folder):
    (folder / "decisions.csv").write_text("left_id,right_id\nM001,R11384\n", encoding="utf-8")
    done = doisoat(*LINK, "--decisions", "decisions.csv", cwd=folder)
    assert 'column "verdict" is missing' in done.stderr


def test_a_file_that_is_no_model_is_a_sentence(folder):
    done = doisoat(*LINK, "--use-model", "link.toml", cwd=folder)
    assert done.returncode == Exit.SETTINGS
    assert "not a model file" in done.stderr


@pytest.mark.parametrize("arguments", [LINK, DEDUPE], ids=["link", "dedupe"])
def test_tables_without_rows_give_empty_results(folder, arguments):
    for name in ("members.csv", "residents.csv"):
        header = (folder / name).read_text(encoding="utf-8-sig").splitlines()[0]
        (folder / name).write_text(header + "\n", encoding="utf-8")
    done = doisoat(*arguments, "--report", "report.html", cwd=folder)
    assert done.returncode == Exit.DONE, done.stderr
    assert pl.read_csv(folder / arguments[-1]).height == 0


@pytest.mark.parametrize("arguments", [["--help"], ["link", "--help"], LINK], ids=["help", "link help", "link"])
def test_a_linkage_loads_no_scheduler_no_checks_no_database_and_no_toolkit(folder, arguments):
    heavy = ("prefect", "great_expectations", "psycopg", "sklearn")
    program = (
        "import sys\nfrom flows.cli import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        f"print([each for each in {heavy} if each in sys.modules], file=sys.stderr)"
    )
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        cwd=folder, env=environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stderr.rstrip().endswith("[]"), done.stderr
