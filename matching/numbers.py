"""Numbers of records and of the register in long form, and numbers one slip away from a given one."""

import polars as pl

from matching.edits import edits

_SWAP, _REPLACE, _INSERT, _DELETE = "swap", "replace", "insert", "delete"


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
    longest = max(lengths) + 1
    digits = pl.DataFrame({"digit": [str(each) for each in range(10)]})
    places = pl.DataFrame({"place": range(longest)}, schema={"place": pl.Int64})
    slips = pl.concat(
        [
            places.join(digits, how="cross").with_columns(slip=pl.lit(_REPLACE)),
            places.join(digits, how="cross").with_columns(slip=pl.lit(_INSERT)),
            places.with_columns(digit=pl.lit(""), slip=pl.lit(_SWAP)),
            places.with_columns(digit=pl.lit(""), slip=pl.lit(_DELETE)),
        ]
    )
    plain = numbers.drop_nulls().unique().to_frame("number").filter(pl.col("number").str.contains(r"^\d{8,14}$"))
    made = plain.join(slips, how="cross").with_columns(variant=_variant())
    wanted = made.filter(pl.col("variant").str.len_chars().is_in(lengths) & (pl.col("variant") != pl.col("number")))
    return wanted.select("number", "variant").unique()


def near_numbers(pairs: pl.DataFrame, asked: pl.DataFrame, known: pl.DataFrame) -> pl.DataFrame:
    """[profile, target] of the pairs in which a number asked for is one slip from a number the register knows."""
    both = (
        pairs.select("profile", "target")
        .join(asked.select("profile", "number"), on="profile")
        .join(known.select("target", known="number"), on="target")
    )
    alike = both.filter(_length("number").sub(_length("known")).abs() <= 1)
    return alike.filter(edits(alike["number"], alike["known"]) <= 1).select("profile", "target").unique()


def _variant() -> pl.Expr:
    number, place, slip = pl.col("number"), pl.col("place"), pl.col("slip")
    head, here = number.str.head(place), number.str.slice(place, 1)
    after_one, after_two = number.str.slice(place + 1), number.str.slice(place + 2)
    return (
        pl.when(slip == _REPLACE)
        .then(pl.concat_str(head, pl.col("digit"), after_one))
        .when(slip == _INSERT)
        .then(pl.concat_str(head, pl.col("digit"), number.str.slice(place)))
        .when(slip == _DELETE)
        .then(pl.concat_str(head, after_one))
        .otherwise(pl.concat_str(head, number.str.slice(place + 1, 1), here, after_two))
    )


_TAX_WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)


def has_check_digit(number: pl.Expr) -> pl.Expr:
    """Whether the number can be a tax code: 10 or 13 digits, the tenth the check digit of the first nine."""
    places = (number.str.slice(place, 1).cast(pl.Int32, strict=False) for place in range(9))
    remainder = pl.sum_horizontal(digit * weight for digit, weight in zip(places, _TAX_WEIGHTS, strict=True)) % 11
    tenth = number.str.slice(9, 1).cast(pl.Int32, strict=False)
    return number.str.contains(r"^\d{10}(\d{3})?$") & (tenth == 10 - remainder)


def _length(number: str) -> pl.Expr:
    return pl.col(number).str.len_chars().cast(pl.Int64)
