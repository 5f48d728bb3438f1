"""What agrees in a pair of persons: a small integer per field, null where a side says nothing."""

import polars as pl

from matching import keys
from matching.block import listed_children
from matching.dates import birth_level
from matching.linkages.person import CHILD, CONTACT, MOTHER, NUMBER, PERSON, SEX
from matching.names import compare_names
from matching.numbers import near_numbers, record_numbers, register_numbers
from matching.places import address_level, commune_level
from matching.support import Support

_RELATIVE_LEVELS = {10: 9, 9: 8, 8: 6, 7: 6, 6: 6, 5: 6, 4: 6, 3: 6, 2: 1, 1: 1}
"""Levels of a name as levels of a relative's name, which has fewer."""


def compare_persons(pairs: pl.DataFrame, profiles: pl.DataFrame, register: pl.DataFrame) -> pl.DataFrame:
    """CANDIDATES with a level per field of PERSON, by what both sides say for themselves."""
    wide = _wide(pairs, profiles, register)
    wide = wide.with_columns(name=_names(wide, ""))
    wide = wide.with_columns(
        birth_date=birth_level("left_", "right_"),
        sex=_same(pl.col("left_sex"), pl.col("right_sex"), SEX.code("same"), SEX.code("different")),
        commune=commune_level(wide),
        address=address_level(wide, "right_address", "right_second_address"),
        **{relation: _relative(wide, relation) for relation in _RELATIONS},
    )
    children = wide.select("profile", "target", *(pl.col(f"left_{each}").alias(each) for each in _CHILD))
    return wide.with_columns(
        number=_number_level(wide, profiles, register),
        child=_child_level(children, register),
        contact=pl.lit(None, pl.Int8),
    ).select("profile", "target", *(field.name for field in PERSON))


_CHILD = ("child_words", "child_birth_date", "child_number")


def with_support(
    compared: pl.DataFrame, profiles: pl.DataFrame, register: pl.DataFrame, support: Support
) -> pl.DataFrame:
    """The levels once more, with what links of other records and roles say of the profiles."""
    theirs = register.select("target", *(f"{relation}_number" for relation in _RELATIONS))
    told = support.told(compared).join(theirs, on="target", how="left", maintain_order="left")
    named = profiles.select("profile", *_CHILD[:-1])
    asked = told.select("profile", "target", child_number="child_link").join(
        named, on="profile", how="left", maintain_order="left"
    )
    return told.with_columns(
        *(_linked(relation) for relation in _RELATIONS),
        child=pl.when(pl.col("child_link").is_null()).then("child").otherwise(_child_level(asked, register)),
        contact=_marked(compared, support.contacts, CONTACT.code("same")),
    ).select(compared.columns)


def _linked(relation: str) -> pl.Expr:
    is_linked = pl.col(f"{relation}_link") == pl.col(f"{relation}_number")
    return pl.when(is_linked).then(pl.lit(MOTHER.code("number"), pl.Int8)).otherwise(relation).alias(relation)


def _wide(pairs: pl.DataFrame, profiles: pl.DataFrame, register: pl.DataFrame) -> pl.DataFrame:
    left = profiles.select("profile", pl.exclude("profile").name.prefix("left_"))
    right = register.select("target", pl.exclude("target", *keys.OF_NAME).name.prefix("right_"))
    return pairs.join(left, on="profile", how="left", maintain_order="left").join(
        right, on="target", how="left", maintain_order="left"
    )


_RELATIONS = ("mother", "father", "spouse")


def _names(wide: pl.DataFrame, whose: str) -> pl.Series:
    return compare_names(wide, f"left{whose}", f"right{whose}")["level"]


def _relative(wide: pl.DataFrame, relation: str) -> pl.Series:
    level = _names(wide, f"_{relation}")
    named = level.replace_strict(_RELATIVE_LEVELS, default=None, return_dtype=pl.Int8)
    is_known = pl.col(f"left_{relation}_number") == pl.col(f"right_{relation}_number")
    by_number = pl.when(is_known).then(MOTHER.code("exact"))
    return wide.select(pl.coalesce(by_number.cast(pl.Int8), named)).to_series()


def _same(left: pl.Expr, right: pl.Expr, same: int, different: int) -> pl.Expr:
    return pl.when(left == right).then(same).when(left != right).then(different).cast(pl.Int8)


def _number_level(wide: pl.DataFrame, profiles: pl.DataFrame, register: pl.DataFrame) -> pl.Series:
    """The best level over all numbers a record gives."""
    asked = record_numbers(profiles)
    known = register_numbers(register)
    found = asked.join(known, on="number").select("profile", "target", level=_direct_level())
    near = near_numbers(wide, asked.join(known, on="number", how="anti"), known).with_columns(
        level=pl.lit(NUMBER.code("one_edit"), pl.Int8)
    )
    holders = asked.join(known, on="number").select("profile", holder="target")
    family = _family_level(wide, asked, holders, register)
    best = pl.concat([found, near, family]).group_by("profile", "target").agg(pl.col("level").max())
    held = holders.select("profile", is_held=pl.lit(True)).unique()
    stated = asked.filter(~pl.col("is_proposal") & (pl.col("number").str.len_chars() == 12)).select("profile").unique()
    levelled = (
        wide.select("profile", "target")
        .join(best, on=["profile", "target"], how="left", maintain_order="left")
        .join(held, on="profile", how="left", maintain_order="left")
        .join(stated.with_columns(is_stated=True), on="profile", how="left", maintain_order="left")
    )
    other = pl.when(pl.col("is_held")).then(NUMBER.code("other")).when(pl.col("is_stated")).then(NUMBER.code("unknown"))
    return levelled.select(pl.coalesce("level", other.cast(pl.Int8))).to_series()


def _direct_level() -> pl.Expr:
    return (
        pl.when("is_proposal")
        .then(NUMBER.code("repaired"))
        .when("is_former")
        .then(NUMBER.code("former"))
        .otherwise(NUMBER.code("own"))
        .cast(pl.Int8)
    )


def _family_level(
    wide: pl.DataFrame, asked: pl.DataFrame, holders: pl.DataFrame, register: pl.DataFrame
) -> pl.DataFrame:
    """Whose number a record gives when it is not the person's own: a proxy of the family is evidence too."""
    numbers = asked.group_by("profile").agg(asked="number")
    held = holders.join(
        register.select("head_number", holder="target", holder_words=keys.sorted_words(pl.col("words"))), on="holder"
    )
    named = held.group_by("profile").agg("holder_words", heads="head_number")
    seen = wide.select(
        "profile",
        "target",
        "right_head_number",
        *(f"right_{each}_{part}" for each in _RELATIONS for part in ("words", "number")),
    )
    seen = seen.join(numbers, on="profile", how="left").join(named, on="profile", how="left")
    has_number = {
        each: pl.col("asked").list.contains(pl.col(f"right_{each}_number")).fill_null(False) for each in _RELATIONS
    }
    by_name = pl.any_horizontal(
        pl.col("holder_words").list.contains(keys.sorted_words(pl.col(f"{each}"))).fill_null(False)
        for each in (f"right_{relation}_words" for relation in _RELATIONS)
    )
    head = pl.col("right_head_number")
    at_home = head.is_not_null() & pl.any_horizontal(
        pl.col(each).list.contains(head).fill_null(False) for each in ("asked", "heads")
    )
    level = (
        pl.when(has_number["mother"] | has_number["father"])
        .then(NUMBER.code("parent"))
        .when(has_number["spouse"])
        .then(NUMBER.code("spouse"))
        .when(at_home)
        .then(NUMBER.code("household"))
        .when(by_name)
        .then(NUMBER.code("relative_name"))
        .cast(pl.Int8)
        .alias("level")
    )
    return seen.select("profile", "target", level).drop_nulls("level")


def _child_level(asked: pl.DataFrame, register: pl.DataFrame) -> pl.Series:
    """Whether the register lists the record's child under the person; asked: pairs with what is said of the child."""
    children = listed_children(register).rename({"parent": "target"})
    found = [asked.join(children, on=["target", *key], how="semi") for key in (_CHILD[:-1], _CHILD[-1:])]
    return _marked(asked, pl.concat(found), CHILD.code("same"))


def _marked(wide: pl.DataFrame, marked: pl.DataFrame, code: int) -> pl.Series:
    """The code at the pairs that are marked, null at the others."""
    coded = marked.select("profile", "target").unique().with_columns(code=pl.lit(code, pl.Int8))
    pairs = wide.select("profile", "target")
    return pairs.join(coded, on=["profile", "target"], how="left", maintain_order="left")["code"]
