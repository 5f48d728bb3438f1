"""Which pairs are worth comparing: a list of blocking rules, each a key that both sides share.

Rules overlap on purpose: what one loses to a slip, another finds.
"""

from collections.abc import Iterator

import polars as pl

from matching import keys
from matching.linkages import person
from matching.numbers import one_slip_away, record_numbers, register_numbers
from matching.pairs import Blocking, Finer


def person_rules(profiles: pl.DataFrame, register: pl.DataFrame, repaired: pl.DataFrame) -> Iterator[Blocking]:
    """The blocking rules for persons; repaired: [profile, sorted_words] that damaged names may have been."""
    yield from _by_number(profiles, register, lengths=(9, 12))
    name = keys.of_name(pl.col("words"))
    left = profiles.select("profile", **name, **_birth_keys(), commune=_each_commune()).explode("commune")
    right = register.select("target", *keys.OF_NAME, **_birth_keys(), commune=_each_commune()).explode("commune")
    swapped = profiles.select("profile", **name, birth_date=pl.col("birth_alt"))
    for key in person.KEYS:
        yield Blocking(" + ".join(key), left.select("profile", *key), right.select("target", *key))
    for key in (("birth_date", "given"), ("birth_date", "initials")):
        yield Blocking("swapped " + " + ".join(key), swapped.select("profile", *key), right.select("target", *key))
    says_little = profiles.select(
        "profile", is_said=pl.col("number").is_null() & (pl.col("birth_precision") != "day").fill_null(True)
    )
    little = left.join(says_little.filter("is_said"), on="profile", how="semi")
    for key in person.KEYS_OF_LITTLE:
        yield Blocking("little said: " + " + ".join(key), little.select("profile", *key), right.select("target", *key))
    repaired = repaired.join(left.select("profile", "birth_year", "commune"), on="profile")
    for key in (("sorted_words",), ("sorted_words", "birth_year"), ("sorted_words", "commune")):
        yield Blocking("repaired " + " + ".join(key), repaired.select("profile", *key), right.select("target", *key))
    yield from relative_rules(profiles, register)


def person_finer(profiles: pl.DataFrame, register: pl.DataFrame) -> Finer:
    """What cuts the keys that many persons share: year of birth, commune, initials of the name."""
    name = keys.of_name(pl.col("words"))
    values = {
        "birth_year": _birth_keys()["birth_year"],
        "commune": _each_commune(),
        "initials": name["initials"],
    }
    return Finer(profiles, register, values)


def enterprise_finer(profiles: pl.DataFrame, register: pl.DataFrame) -> Finer:
    """What cuts the keys that many enterprises share: the commune, then the core name."""
    values = {"commune": _each_commune(), "whole_core": keys.sorted_words(pl.col("core"))}
    return Finer(profiles, register, values)


def _each_commune() -> pl.Expr:
    return pl.col("communes").str.split(" ")


def _birth_keys() -> dict[str, pl.Expr]:
    birth, has_day = pl.col("birth_date"), pl.col("birth_precision") == "day"
    return {
        "birth_date": pl.when(has_day).then(birth),
        "birth_year": birth.dt.year(),
        "day_of_year": pl.when(has_day & ~((birth.dt.day() == 1) & (birth.dt.month() == 1))).then(
            birth.dt.month().cast(pl.Int16) * 100 + birth.dt.day()
        ),
    }


def _by_number(profiles: pl.DataFrame, register: pl.DataFrame, lengths: tuple[int, ...]) -> Iterator[Blocking]:
    asked, known = record_numbers(profiles), register_numbers(register)
    yield Blocking("number", asked.select("profile", "number"), known.select("target", "number"))
    unknown = asked.join(known, on="number", how="anti")
    slips = one_slip_away(unknown["number"], lengths).join(known, left_on="variant", right_on="number", how="semi")
    near = unknown.join(slips, on="number").select("profile", number="variant")
    yield Blocking("number but for a slip", near, known.select("target", "number"))


def relative_rules(profiles: pl.DataFrame, register: pl.DataFrame) -> Iterator[Blocking]:
    """Children by their parents, married people by their spouse, parents through the child the register lists."""
    year = pl.col("birth_date").dt.year().alias("birth_year")
    for relation in ("mother", "father"):
        for part in ("words", "number"):
            name = f"{relation}_{part}"
            yield Blocking(
                f"{name} + birth_year", profiles.select("profile", name, year), register.select("target", name, year)
            )
    parents = ["mother_words", "father_words"]
    yield Blocking("both parents", profiles.select("profile", *parents), register.select("target", *parents))
    given = keys.given(pl.col("words")).alias("given")
    for name in ("spouse_words", "spouse_number"):
        yield Blocking(
            f"{name} + given", profiles.select("profile", name, given), register.select("target", name, given)
        )
    # A number that belongs to a relative (a parent who hands in a child's dossier) leads to the family.
    asked = record_numbers(profiles).select("profile", "number")
    for relation in ("mother", "father", "spouse"):
        family = register.select("target", number=pl.col(f"{relation}_number"))
        yield Blocking(f"number of the {relation}", asked, family)
    yield Blocking("number of the household", _head_numbers(asked, register), register.select("target", "head_number"))
    listed = listed_children(register).rename({"parent": "target"})
    child = profiles.select("profile", "child_words", "child_birth_date", "child_number")
    yield Blocking("child", child.drop("child_number"), listed.select("target", "child_words", "child_birth_date"))
    yield Blocking("child's number", child.select("profile", "child_number"), listed.select("target", "child_number"))


def _head_numbers(asked: pl.DataFrame, register: pl.DataFrame) -> pl.DataFrame:
    """[profile, head_number]: the numbers given, which may be a head's, and the heads of those who hold them."""
    holders = asked.join(register_numbers(register), on="number")
    heads = holders.join(register.select("target", "head_number"), on="target").select("profile", "head_number")
    return pl.concat([asked.rename({"number": "head_number"}), heads])


def listed_children(register: pl.DataFrame) -> pl.DataFrame:
    """[parent, child_words, child_birth_date, child_number] of children whose parent's number the register lists."""
    has_day = pl.col("birth_precision") == "day"
    children = pl.concat(
        register.select(
            number=pl.col(f"{parent}_number"),
            child_words="words",
            child_birth_date=pl.when(has_day).then(pl.col("birth_date")),
            child_number="reference_id",
        )
        for parent in ("mother", "father")
    )
    known = register_numbers(register).rename({"target": "parent"})
    return children.drop_nulls("number").join(known, on="number").drop("number", "is_former")


def enterprise_rules(profiles: pl.DataFrame, register: pl.DataFrame) -> Iterator[Blocking]:
    """The blocking rules for enterprises."""
    yield from _by_number(profiles, register, lengths=(10, 13))
    asked = record_numbers(profiles).select("profile", "number")
    base, head = pl.col("number").str.head(10), pl.col("reference_id").str.head(10).alias("number")
    yield Blocking("enterprise of the code", asked.with_columns(base), register.select("target", head))
    yield Blocking("representative's number", asked, register.select("target", number="representative_number"))
    yield Blocking(
        "representative's name",
        profiles.select("profile", words=keys.sorted_words(pl.col("words"))),
        register.select("target", words=keys.sorted_words(pl.col("representative_words"))),
    )
    for name in ("core", "short_core", "foreign_core"):
        yield Blocking(
            name,
            profiles.select("profile", core=keys.sorted_words(pl.col("core"))),
            register.select("target", core=keys.sorted_words(pl.col(name))),
        )
    yield Blocking("address", profiles.select("profile", "address"), register.select("target", "address"))
    yield Blocking("a pair of words of the name", _word_pairs(profiles, "profile"), _word_pairs(register, "target"))


def _word_pairs(frame: pl.DataFrame, side: str) -> pl.DataFrame:
    """Every two neighbouring words of the core name."""
    words = pl.col("core").str.split(" ")
    following = frame.select(side, first=words, second=words.list.shift(-1)).drop_nulls("first")
    return following.explode("first", "second").drop_nulls()
