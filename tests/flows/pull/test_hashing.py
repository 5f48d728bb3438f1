"""Row hashes tell content apart and nothing else."""

import polars as pl

from flows.pull.hashing import content_hashes


def hash_of(*values: str | None) -> str:
    frame = pl.DataFrame({str(at): pl.Series([value], dtype=pl.String) for at, value in enumerate(values)})
    return content_hashes(frame, frame.columns)[0]


def test_the_hash_is_the_same_on_every_machine():
    assert hash_of("Nguyễn", None, "") == hash_of("Nguyễn", None, "")
    assert hash_of("a", "b") == "065ab5741cdfad44687cf119c1eb4ec9"


def test_null_empty_and_column_boundaries_are_told_apart():
    values = [
        ("a", None),
        ("a", ""),
        ("", "a"),
        (None, "a"),
        ("ab", None),
        ("a", "b"),
        ("a\x1fb", None),
        ("a\x1f", "b"),
    ]
    values += [("a", "\x1fb"), ("a\x1fb", "")]
    assert len({hash_of(*each) for each in values}) == len(values)


def test_the_order_of_columns_does_not_matter():
    frame = pl.DataFrame({"a": ["1"], "b": ["2"]})
    assert content_hashes(frame, ["a", "b"])[0] == content_hashes(frame.select("b", "a"), ["b", "a"])[0]


def test_a_frame_without_rows_has_no_hashes():
    assert content_hashes(pl.DataFrame(schema={"a": pl.String}), ["a"]).to_list() == []
