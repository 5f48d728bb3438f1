"""What a name written in an address can stand for, at each level, as tables to join on.

A key is the name without accents and type. Written in capitals only, initials count too ("TP.TA, BD"), and names of
the past: provinces and districts since divided or joined (history.csv), communes since merged.
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
    renamed = tables.renamed("province").select("name", new_province="code")
    new = pl.concat([now, renamed, nicknames])
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
    nicknames_of_cities = named["name"].is_in(["TPHCM", "HCMC", "HCM", "Sài Gòn"])
    # "Thành phố Bắc Ninh" was the town in the province long before it was the province.
    is_province = ~named["name"].is_in(tables.districts()["name"].implode())
    is_city = (named["name"].str.starts_with("Thành phố") & is_province) | nicknames_of_cities
    keyed = _with_initials(named.with_columns(is_city=is_city))
    # A province of which a new one took the name is meant by both: its own old places come before its new fellows'.
    same = ["key", "old_province", "new_province"]
    return keyed.group_by(same).agg(pl.col("^is_.*$").any()).sort(same)


@cache
def district_keys() -> pl.DataFrame:
    """Key, district, old_province, is_short, is_past (the unit was another then), is_quan (or was one), is_reused.

    Reused: the name of the past is that of a new commune of the province too.
    """
    now = tables.districts().select("name", district="code", is_past=False)
    history = _history("district").select("name", district="code", is_past=True)
    placed = pl.concat([now, history]).join(tables.districts(), left_on="district", right_on="code")
    placed = placed.with_columns(is_quan=pl.col("name").str.starts_with("Quận"), old_province="province_code")
    keyed = _with_initials(placed.select("name", "district", "is_past", "is_quan", "old_province"))
    each = keyed.group_by("key", "district", "old_province").agg(
        pl.col("is_short", "is_past").all(), pl.col("is_quan").any()
    )
    reused = commune_keys().filter(form="new").select("key", scope="scope", is_reused=pl.lit(True)).unique()
    scoped = each.with_columns(scope=pl.lit("o:") + pl.col("old_province")).join(
        reused, on=["key", "scope"], how="left"
    )
    is_reused = pl.col("is_past") & pl.col("is_reused").fill_null(value=False)
    return scoped.with_columns(is_reused=is_reused).drop("scope").sort("key", "district")


@cache
def namesake_cities() -> pl.DataFrame:
    """Key, old_province, district: the cities that had the name of their province."""
    named = district_keys().filter(~pl.col("is_past") & ~pl.col("is_short"))
    return named.join(province_keys().select("key", "old_province").unique(), on=["key", "old_province"]).select(
        "key", "old_province", "district"
    )


@cache
def commune_keys() -> pl.DataFrame:
    """Key, scope, unit, form, type: the communes of a scope.

    Scopes: `d:` an old district, `o:` an old province, `n:` a new province (its new communes alone), `m:` a new
    province (the old communes merged into it), `*` the country. A new commune stands in the scopes of all the old units
    that it took in.
    """
    spelled = tables.other_spellings().join(tables.old_communes().drop("name"), on="code")
    old = pl.concat([tables.old_communes(), spelled], how="diagonal").with_columns(form=pl.lit("old"))
    renamed = tables.renamed("commune").select("code", "name").join(tables.new_communes().drop("name"), on="code")
    new = pl.concat([tables.new_communes(), renamed.select("code", "name", "province_code")])
    new = new.with_columns(form=pl.lit("new"))
    sources = tables.crosswalk().join(tables.old_communes(), left_on="old_code", right_on="code")
    taken_in = sources.select("district_code", "province_code", code="new_code", form=pl.lit("new"))
    scopes = [
        _scope(frame, f"{letter}:", column) for frame in (old, taken_in) for letter, column in _OLD_SCOPES.items()
    ]
    homes = tables.new_communes().select("province_code", new_code="code")
    merged = tables.crosswalk().join(homes, on="new_code").select("province_code", code="old_code", form=pl.lit("old"))
    provinces = [_scope(new, "n:", "province_code"), _scope(merged, "m:", "province_code")]
    whole = [*provinces, *(_scope(frame, "*", None) for frame in (old, new))]
    named = pl.concat([_named(old), _named(new)])
    return pl.concat([*scopes, *whole]).unique().join(named, on=["unit", "form"]).sort("key", "scope", "unit", "form")


@cache
def former_commune_keys() -> pl.DataFrame:
    """Key (names.run_together), scope, type, unit, form: names of the past, where no unit of the last list has them.

    In a district one of another type may have the name ("xã" and "phường" side by side), in a province none may.
    """
    placed = tables.former_communes().join(tables.old_communes().drop("name"), on="code")
    taken = commune_keys().select("scope", "type", key=names.run_together(pl.col("key"))).unique()
    near = placed.with_columns(scope=pl.lit("d:") + pl.col("district_code"))
    far = placed.with_columns(scope=pl.lit("o:") + pl.col("province_code"))
    kept = [
        near.join(taken, on=["scope", "key", "type"], how="anti"),
        far.join(taken, on=["scope", "key"], how="anti"),
    ]
    return pl.concat(kept).select("key", "scope", "type", unit="code", form=pl.lit("old")).sort(pl.all())


_OLD_SCOPES = {"d": "district_code", "o": "province_code"}


def _scope(frame: pl.DataFrame, letter: str, column: str | None) -> pl.DataFrame:
    scope = pl.lit(letter) if column is None else pl.lit(letter) + pl.col(column)
    return frame.select(scope=scope, unit="code", form="form")


def _named(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.select(
        unit="code",
        form="form",
        key=names.name_key(names.bare(pl.col("name"))),
        type=names.unit_type(pl.col("name")),
        spoken=names.spoken(names.bare(pl.col("name")).str.to_lowercase()),
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
