"""A result is written whole under its name or not at all, and never over something the command reads."""

from pathlib import Path

import polars as pl
import pytest

from flows.errors import PathError
from flows.linkage.outputs import beside, check_outputs, write_frame, write_text

FRAME = pl.DataFrame({"left_id": ["a"], "probability": [0.5]})


@pytest.mark.parametrize(("name", "read"), [("x.parquet", pl.read_parquet), ("x.csv", pl.read_csv)])
def test_the_name_says_the_format(tmp_path, name, read):
    write_frame(FRAME, tmp_path / name)
    assert read(tmp_path / name).equals(FRAME)
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_file_beside_another_keeps_its_ending(tmp_path):
    assert beside(tmp_path / "a.links.csv", "clusters") == tmp_path / "a.links.clusters.csv"


def test_outputs_that_can_be_written_pass(tmp_path):
    check_outputs([tmp_path / "a.parquet"], [tmp_path / "b.html"], [tmp_path / "c.csv"])


@pytest.mark.parametrize(
    ("frames", "others", "inputs"),
    [
        (["a.txt"], [], []),
        (["a.csv"], [], ["a.csv"]),
        (["a.csv"], ["a.csv"], []),
        (["missing/a.csv"], [], []),
        ([], ["folder"], []),
    ],
    ids=["unknown ending", "over an input", "twice the same", "no folder", "is a folder"],
)
def test_an_output_that_would_fail_or_do_harm_is_refused_before_any_work(tmp_path, frames, others, inputs):
    (tmp_path / "folder").mkdir()
    with pytest.raises(PathError):
        check_outputs(*([tmp_path / name for name in names] for names in (frames, others, inputs)))


def test_a_failed_write_leaves_the_former_file_and_no_rest(tmp_path, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    path = tmp_path / "x.html"
    path.write_text("former")
    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(PathError, match="No space left"):
        write_text("new", path)
    assert path.read_text() == "former"
    assert list(tmp_path.iterdir()) == [path]
