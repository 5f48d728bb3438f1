"""What agrees in a pair of enterprises: a small integer per field, null where a side says nothing."""

import polars as pl

from matching import keys
from matching.edits import edits
from matching.linkages.enterprise import BRANCH, COMPANY_NAME, TAX_CODE
from matching.numbers import has_check_digit, near_numbers, record_numbers, register_numbers
from matching.places import address_level, commune_level

_BRANCH_WORDS = r"\b(chi nhanh|cn|c n|vpdd|van phong dai dien|dia diem kinh doanh)\b"


def compare_enterprises(pairs: pl.DataFrame, profiles: pl.DataFrame, register: pl.DataFrame) -> pl.DataFrame:
    """CANDIDATES with a level per field of ENTERPRISE."""
    left = profiles.select("profile", pl.exclude("profile").name.prefix("left_"))
    right = register.select("target", pl.exclude("target").name.prefix("right_"))
    wide = pairs.join(left, on="profile", how="left", maintain_order="left").join(
        right, on="target", how="left", maintain_order="left"
    )
    return wide.with_columns(
        name=_name_level(wide),
        number=_code_level(wide, profiles, register),
        commune=commune_level(wide),
        address=address_level(wide, "right_address"),
        branch=_branch_level(),
    ).select("profile", "target", "name", "number", "commune", "address", "branch")


def _name_level(wide: pl.DataFrame) -> pl.Series:
    columns = ["left_form", "left_words", "left_core", "right_form", "right_words", "right_core"]
    columns += ["right_short_core", "right_foreign_core", "right_representative_words"]
    distinct = wide.select(columns).unique().filter(pl.col("left_words").is_not_null())
    slips = edits(
        distinct.select(keys.squeezed(pl.col("left_core").fill_null(""))).to_series(),
        distinct.select(keys.squeezed(pl.col("right_core").fill_null(""))).to_series(),
    )
    left, right = pl.col("left_core"), pl.col("right_core")
    shared = _list(left).list.set_intersection(_list(right)).list.len()
    fewer = pl.min_horizontal(_list(left).list.len(), _list(right).list.len())
    more = pl.max_horizontal(_list(left).list.len(), _list(right).list.len())
    aliases = (left == pl.col("right_short_core")) | (left == pl.col("right_foreign_core"))
    code = COMPANY_NAME.code
    level = (
        pl.when(pl.col("left_form") == pl.col("right_form"))
        .then(code("exact"))
        .when((keys.squeezed(left) == keys.squeezed(right)) | (pl.col("left_words") == pl.col("right_words")))
        .then(code("core"))
        .when(aliases)
        .then(code("alias"))
        .when((pl.lit(slips) <= 1) & (left.str.len_chars() >= 5) & right.is_not_null())
        .then(code("near"))
        .when(keys.sorted_words(pl.col("left_words")) == keys.sorted_words(pl.col("right_representative_words")))
        .then(code("representative"))
        .when((shared == fewer) & (fewer >= 2))
        .then(code("subset"))
        .when((shared * 2 >= more) & (shared >= 1))
        .then(code("partial"))
        .otherwise(code("different"))
        .cast(pl.Int8)
        .alias("level")
    )
    levelled = distinct.with_columns(level)
    return wide.select(columns).join(levelled, on=columns, how="left", nulls_equal=True, maintain_order="left")["level"]


def _list(text: pl.Expr) -> pl.Expr:
    return text.str.split(" ").list.unique()


def _branch_level() -> pl.Expr:
    is_branch = pl.col("left_words").str.contains(_BRANCH_WORDS) | (pl.col("left_number").str.len_chars() == 13)
    is_registered_branch = pl.col("right_reference_id").str.contains("-", literal=True)
    return (
        pl.when(is_branch.fill_null(False) == is_registered_branch)
        .then(BRANCH.code("same"))
        .otherwise(BRANCH.code("different"))
        .cast(pl.Int8)
    )


def _code_level(wide: pl.DataFrame, profiles: pl.DataFrame, register: pl.DataFrame) -> pl.Series:
    asked, known = record_numbers(profiles), register_numbers(register)
    head = pl.col("number").str.head(10)
    heads = known.select("target", number=head).unique()
    representatives = register.select("target", number="representative_number")
    near = near_numbers(wide, asked.join(known, on="number", how="anti"), known)
    found = [
        (asked.join(known, on="number"), "own"),
        (near, "one_edit"),
        (
            asked.filter(pl.col("number").str.len_chars().is_in([10, 13])).with_columns(head).join(heads, on="number"),
            "branch",
        ),
        (asked.join(representatives, on="number"), "representative"),
    ]
    levels = [pairs.select("profile", "target", level=pl.lit(TAX_CODE.code(name), pl.Int8)) for pairs, name in found]
    best = pl.concat(levels).group_by("profile", "target").agg(pl.col("level").max())
    held = asked.join(known, on="number").select("profile", is_held=pl.lit(True)).unique()
    coded = asked.filter(has_check_digit(pl.col("number")) & ~pl.col("is_proposal"))
    stated = coded.select("profile", is_stated=pl.lit(True)).unique()
    other = pl.when("is_held").then(TAX_CODE.code("other")).when("is_stated").then(TAX_CODE.code("unknown"))
    levelled = (
        wide.select("profile", "target")
        .join(best, on=["profile", "target"], how="left", maintain_order="left")
        .join(held, on="profile", how="left", maintain_order="left")
        .join(stated, on="profile", how="left", maintain_order="left")
    )
    return levelled.select(pl.coalesce("level", other.cast(pl.Int8))).to_series()
