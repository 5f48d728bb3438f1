"""Numbers of records and of the register in long form, and numbers one slip away from a given one."""

import polars as pl

from matching.edits import edits

_HEAD, _TAIL = pl.col("number").str.head(pl.col("place")), pl.col("number").str.slice(pl.col("place") + 1)
_SLIPS = (
    (0, 1, pl.concat_str(_HEAD, "digit", _TAIL)),
    (1, 0, pl.concat_str(_HEAD, "digit", pl.col("number").str.slice(pl.col("place")))),
    (-1, 1, pl.concat_str(_HEAD, _TAIL)),
    (0, 2, pl.concat_str(_HEAD, _TAIL.str.head(1), pl.col("number").str.slice("place", 1), _TAIL.str.slice(1))),
)
"""A digit wrong, one lost from the record, one too many, two swapped: how many digits longer the variant is, how many
digits the slip needs from its place on, and the variant."""


def record_numbers(profiles: pl.DataFrame) -> pl.DataFrame:
    """[profile, number, is_proposal]: every number a record gives, and every repair proposed for one."""
    columns = {"number": False, "second_number": False, "proposal": True, "second_proposal": True}
    parts = [
        profiles.select("profile", number=pl.col(name), is_proposal=pl.lit(is_proposal))
        for name, is_proposal in columns.items()
    ]
    return pl.concat(parts).drop_nulls("number").group_by("profile", "number").agg(pl.col("is_proposal").min())


def register_numbers(register: pl.DataFrame) -> pl.DataFrame:
    """[target, number, is_former]: every number under which the register knows an entry."""
    columns = {"reference_id": False, "cmnd": True, "former_number": True}
    parts = [
        register.select("target", number=_plain(name), is_former=pl.lit(is_former))
        for name, is_former in columns.items()
    ]
    return pl.concat(parts).drop_nulls("number").group_by("target", "number").agg(pl.col("is_former").min())


def _plain(name: str) -> pl.Expr:
    return pl.col(name).str.replace_all("-", "", literal=True)


def one_slip_away(numbers: pl.Series, lengths: tuple[int, ...]) -> pl.DataFrame:
    """[number, variant]: all numbers of these lengths that one wrong, lost, added or swapped digit makes of each.

    The variants are made of the record's numbers only: the register may be a thousand times larger.
    """
    plain = numbers.drop_nulls().unique().to_frame("number").filter(pl.col("number").str.contains(r"^\d{8,14}$"))
    places = pl.DataFrame({"place": range(max(lengths) + 1)}, schema={"place": pl.Int64})
    sized = plain.with_columns(size=pl.col("number").str.len_chars().cast(pl.Int64))
    asked = sized.join(places, how="cross").filter(pl.col("place") <= pl.col("size"))
    digits = pl.DataFrame({"digit": [str(each) for each in range(10)]})
    made = [_slips(asked, digits, lengths, *slip) for slip in _SLIPS]
    return pl.concat(made).filter(pl.col("variant") != pl.col("number")).unique()


def _slips(
    asked: pl.DataFrame, digits: pl.DataFrame, lengths: tuple[int, ...], longer: int, left: int, variant: pl.Expr
) -> pl.DataFrame:
    """[number, variant] of one kind of slip, made only where its length will do."""
    fits = (pl.col("size") + longer).is_in(lengths) & (pl.col("size") - pl.col("place") >= left)
    places = asked.filter(fits)
    taken = places.join(digits, how="cross") if "digit" in variant.meta.root_names() else places
    return taken.select("number", variant=variant)


def near_numbers(pairs: pl.DataFrame, asked: pl.DataFrame, known: pl.DataFrame) -> pl.DataFrame:
    """[profile, target] of the pairs in which a number asked for is one slip from a number the register knows."""
    both = (
        pairs.select("profile", "target")
        .join(asked.select("profile", "number"), on="profile")
        .join(known.select("target", known="number"), on="target")
    )
    alike = both.filter(_length("number").sub(_length("known")).abs() <= 1)
    return alike.filter(edits(alike["number"], alike["known"]) <= 1).select("profile", "target").unique()


_TAX_WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)


def has_check_digit(number: pl.Expr) -> pl.Expr:
    """Whether the number can be a tax code: 10 or 13 digits, the tenth the check digit of the first nine."""
    places = (number.str.slice(place, 1).cast(pl.Int32, strict=False) for place in range(9))
    remainder = pl.sum_horizontal(digit * weight for digit, weight in zip(places, _TAX_WEIGHTS, strict=True)) % 11
    tenth = number.str.slice(9, 1).cast(pl.Int32, strict=False)
    return number.str.contains(r"^\d{10}(\d{3})?$") & (tenth == 10 - remainder)


def _length(number: str) -> pl.Expr:
    return pl.col(number).str.len_chars().cast(pl.Int64)
