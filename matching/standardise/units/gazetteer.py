"""What a name written in an address can stand for, at each level, as tables to join on.

A key is the name without accents and type. Written in capitals only, initials count too ("TP.TA, BD"), and names of
the past (history.csv): provinces since divided, districts since divided or joined.
"""

from functools import cache
from importlib.resources import files

import polars as pl

from matching.standardise.units import names, tables

_HAS_INITIALS = r"^\S+ \S+"


@cache
def province_keys() -> pl.DataFrame:
    """Key, old_province, new_province, is_old_name, is_new_name, is_city (centrally run), is_short."""
    old = tables.provinces().select("name", old_province="code", new_province="new_code")
    now = tables.new_provinces().select("name", new_province="code")
    nicknames = _history("now").select("name", new_province="code")
    new = pl.concat([now, nicknames])
    merged = new.join(old.drop("name"), on="new_province")
    past = pl.concat([_history("province"), _history("now")]).select("name", old_province="code")
    history = past.join(old.drop("name"), on="old_province")
    columns = ["name", "old_province", "new_province", "is_old_name", "is_new_name"]
    named = pl.concat(
        [
            old.with_columns(is_old_name=True, is_new_name=False).select(columns),
            history.with_columns(is_old_name=True, is_new_name=False).select(columns),
            merged.with_columns(is_old_name=False, is_new_name=True).select(columns),
        ]
    )
    is_city = named["name"].str.starts_with("Thành phố") | named["name"].is_in(["TPHCM", "HCMC", "HCM", "Sài Gòn"])
    keyed = _with_initials(named.with_columns(is_city=is_city))
    # A province of which a new one took the name is meant by both: its own old places come before its new fellows'.
    same = ["key", "old_province", "new_province"]
    return keyed.group_by(same).agg(pl.col("^is_.*$").any()).sort(same)


@cache
def district_keys() -> pl.DataFrame:
    """Key, district, old_province, is_short, is_past (the unit was another then)."""
    now = tables.districts().select("name", district="code", is_past=False)
    history = _history("district").select("name", district="code", is_past=True)
    placed = pl.concat([now, history]).join(tables.districts(), left_on="district", right_on="code")
    keyed = _with_initials(placed.select("name", "district", "is_past", old_province="province_code"))
    return (
        keyed.group_by("key", "district", "old_province")
        .agg(pl.col("is_short", "is_past").all())
        .sort("key", "district")
    )


@cache
def commune_keys() -> pl.DataFrame:
    """Key, scope, unit, form, type: the communes of a scope.

    Scopes: `d:` an old district, `o:` an old province, `n:` a new province (its new communes alone), `*` the country.
    A new commune stands in the scopes of all the old units that it took in.
    """
    spelled = tables.other_spellings().join(tables.old_communes().drop("name"), on="code")
    old = pl.concat([tables.old_communes(), spelled], how="diagonal").with_columns(form=pl.lit("old"))
    new = tables.new_communes().with_columns(form=pl.lit("new"))
    sources = tables.crosswalk().join(tables.old_communes(), left_on="old_code", right_on="code")
    placed = new.select("code", "name", "form").join(
        sources.select("new_code", "district_code", "province_code"), left_on="code", right_on="new_code"
    )
    scoped = [_scoped(frame, f"{letter}:", column) for frame in (old, placed) for letter, column in _OLD_SCOPES.items()]
    whole = [_scoped(new, "n:", "province_code"), *(_scoped(frame, "*", None) for frame in (old, new))]
    return pl.concat([*scoped, *whole]).unique().sort("key", "scope", "unit", "form")


_OLD_SCOPES = {"d": "district_code", "o": "province_code"}


def _scoped(frame: pl.DataFrame, letter: str, column: str | None) -> pl.DataFrame:
    scope = pl.lit(letter) if column is None else pl.lit(letter) + pl.col(column)
    return frame.select(
        key=names.name_key(names.bare(pl.col("name"))),
        scope=scope,
        unit="code",
        form="form",
        type=names.unit_type(pl.col("name")),
        name=pl.col("name").str.to_lowercase(),
    )


def _with_initials(named: pl.DataFrame) -> pl.DataFrame:
    whole = named.with_columns(key=names.name_key(names.bare(pl.col("name"))), is_short=False).drop("name")
    words = pl.col("key").str.replace_all(" , ", " ")
    short = whole.filter(words.str.contains(_HAS_INITIALS) & ~words.str.contains(r"\d"))
    short = short.with_columns(words.str.replace_all(r"(\S)\S*\s*", "$1").alias("key"), is_short=True)
    return pl.concat([whole, short.filter(~pl.col("key").is_in(whole["key"].implode()))])


@cache
def _history(level: str) -> pl.DataFrame:
    content = files(__package__).joinpath("history.csv").read_bytes()
    return pl.read_csv(content, infer_schema=False).filter(pl.col("level") == level)
