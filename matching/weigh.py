"""Fellegi-Sunter weights: bits per field from its level and from how frequent the agreeing value is in the register.

Two sums come out. `odds` is the log2 odds that both sides are the same: all evidence for and against, and the size of
the register, as one of many. `weight` is counted from the worst level of each field up: it grows with what is shown
to agree and never with what is left out, so blanking a field cannot raise it.
"""

from collections.abc import Iterable
from math import log2

import polars as pl

from matching import frequencies
from matching.levels import Field
from matching.linkages import enterprise, home, person

_PRIOR_BITS = log2(0.9 / 0.1)
"""Before any evidence: nine in ten records mean somebody who is in the register."""
_CERTAIN_BITS = 20.0
"""No single name or relative may say more than one in a million."""


def person_bits(compared: pl.DataFrame, shares: pl.DataFrame) -> pl.DataFrame:
    """Adds `<field>_bits` for every field of PERSON, null where a side is blank; `shares` as of `person_shares`."""
    size = _bits_of_size(shares.height)
    shared = compared.join(shares, on="target", how="left", maintain_order="left")
    given = pl.col("given_share")
    words = pl.col("words_share")
    name_u = {"exact": words, "unaccented": words, "reordered": words, "near": words * 4}
    # A looser level is never rarer than a tighter one, however rare the given name.
    name_u |= {"initials": pl.max_horizontal(given / 10, words * 4), "close": words * 10}
    name_u |= {"damaged": words * 8}
    name_u |= {"subset": pl.max_horizontal(given / 8, words * 8)}
    birth_u = {"exact": pl.col("day_share"), "year": pl.col("year_share")}
    relative_u = {"exact": 1, "unaccented": 1, "near": 4}
    return shared.with_columns(
        _bits(person.NAME, name_u).clip(upper_bound=_CERTAIN_BITS).alias("name_bits"),
        _bits(person.BIRTH, birth_u).alias("birth_date_bits"),
        _number_bits(person.NUMBER, size, {"own": 4.0, "former": 3.0, "repaired": 1.5, "parent": -3.0, "spouse": -3.0}),
        *(_static(field) for field in (person.SEX, home.COMMUNE, home.ADDRESS, person.CHILD, person.CONTACT)),
        *(
            _bits(field, {level: pl.col(f"{field.name}_share") * times for level, times in relative_u.items()})
            .clip(upper_bound=_CERTAIN_BITS)
            .alias(f"{field.name}_bits")
            for field in (person.MOTHER, person.FATHER, person.SPOUSE)
        ),
    )


def enterprise_bits(compared: pl.DataFrame, shares: pl.DataFrame) -> pl.DataFrame:
    """Adds `<field>_bits` for every field of ENTERPRISE; `shares` as `enterprise_shares` gives them."""
    shared = compared.join(shares, on="target", how="left", maintain_order="left")
    share = pl.col("core_share").fill_null(0.001)
    # The law forbids two enterprises of the same full name, so exact agreement says more than the share of the core.
    name_u = {"exact": share / 8, "core": share, "alias": share * 4, "near": share * 4, "subset": share * 20}
    return shared.with_columns(
        _bits(enterprise.COMPANY_NAME, name_u).clip(upper_bound=_CERTAIN_BITS).alias("name_bits"),
        _number_bits(enterprise.TAX_CODE, _bits_of_size(shares.height), {"own": 4.0}),
        *(_static(field) for field in (home.COMMUNE, home.ADDRESS, enterprise.BRANCH)),
    )


def total(weighed: pl.DataFrame, fields: Iterable[Field], entries: int) -> pl.DataFrame:
    """Adds `odds` and `weight`; `entries` is the size of the register."""
    named = {field.name: field for field in fields}
    odds = pl.sum_horizontal(pl.col(f"{name}_bits").fill_null(0.0) for name in named)
    weight = pl.sum_horizontal((pl.col(f"{name}_bits") - each.floor).fill_null(0.0) for name, each in named.items())
    return weighed.with_columns(odds=(odds + start_bits(entries)).round(6), weight=weight.round(6))


def start_bits(entries: int) -> float:
    """log2 odds, before anything is compared, that a record means one certain entry of so many."""
    return _PRIOR_BITS - log2(entries + 1000)


def _bits_of_size(entries: int) -> float:
    return log2(entries + 1000)


def _static(field: Field) -> pl.Expr:
    return _bits(field, {}).alias(f"{field.name}_bits")


def _bits(field: Field, u: dict[str, pl.Expr]) -> pl.Expr:
    """Bits of each level; for the levels in `u` by the share of the agreeing value in the register."""
    by_level = []
    for level in field.levels:
        share = u.get(level.name)
        bits = pl.lit(level.bits) if share is None else level.bits - share.clip(upper_bound=1.0).log(2)
        # Agreement that is so common that it says nothing is still no evidence against.
        bits = bits if level.u is not None else pl.max_horizontal(bits, pl.lit(field.floor))
        by_level.append(pl.when(pl.col(field.name) == level.code).then(bits))
    return pl.coalesce(by_level)


def _number_bits(field: Field, size: float, beside_size: dict[str, float]) -> pl.Expr:
    """A number picks one entry out of the whole register, so its bits grow with the register's size."""
    bits = {each.code: size + beside_size[each.name] for each in field.levels if each.name in beside_size}
    fixed = {each.code: each.bits for each in field.levels if each.name not in beside_size}
    return pl.col("number").replace_strict(bits | fixed, default=None, return_dtype=pl.Float64).alias("number_bits")


def person_shares(register: pl.DataFrame) -> pl.DataFrame:
    """[target, words_share, given_share, day_share, year_share, mother_share, …]: how frequent each value is."""
    relatives = [f"{relation}_words" for relation in ("mother", "father", "spouse")]
    given, birth_year = pl.col("words").str.split(" ").list.last(), pl.col("birth_date").dt.year()
    wide = register.select("target", "words", "birth_date", *relatives, given=given, birth_year=birth_year)
    shares = {
        "words_share": ("words", frequencies.name_share(register)),
        "given_share": ("given", frequencies.given_share(register)),
        "day_share": ("birth_date", frequencies.day_share(register)),
        "year_share": ("birth_year", frequencies.year_share(register)),
        **{each.replace("words", "share"): (each, frequencies.name_share(register, each)) for each in relatives},
    }
    for name, (value, share) in shares.items():
        wide = wide.join(share.rename({"share": name}), on=value, how="left", maintain_order="left")
    return wide.select("target", *shares)


def enterprise_shares(register: pl.DataFrame) -> pl.DataFrame:
    """[target, core_share]: how frequent each entry's core name is."""
    core = frequencies.name_share(register, "core").rename({"share": "core_share"})
    return register.select("target", "core").join(core, on="core", how="left", maintain_order="left").drop("core")
