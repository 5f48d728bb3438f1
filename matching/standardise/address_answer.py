"""What the readings of an address agree on: one answer a text, silent wherever they differ."""

import polars as pl

from matching.standardise.units import tables
from matching.standardise.units.change import NO_CODES, old_meanings

_MOST_CANDIDATES = 8
"""Namesakes beyond this many say nothing."""


def answer(
    texts: pl.DataFrame, provinces: pl.DataFrame, districts: pl.DataFrame, readings: pl.DataFrame
) -> pl.DataFrame:
    """One row for each text: what its readings agree on."""
    each = [_commune_told(readings), _district_told(districts), _province_told(provinces)]
    told = texts.select("row", size=pl.col("words").list.len().cast(pl.Int64))
    for part in each:
        told = told.join(part, on="row", how="left")
    islands = old_meanings().rename({"old_code": "district", "candidates": "island"})
    told = told.join(islands, on="district", how="left")
    only_place = pl.col("unit_form").is_null() & pl.col("district").is_not_null()
    return told.select(
        "row",
        commune_code="commune",
        district_code=pl.coalesce("commune_district", pl.when(pl.col("unit_form").is_null()).then("district")),
        province_code=pl.coalesce("commune_province", "province", "district_province"),
        unit_form=pl.when(only_place).then(pl.lit("old")).otherwise("unit_form"),
        unit_candidates=pl.coalesce("candidates", "island").fill_null(NO_CODES),
        cut=pl.coalesce("commune_cut", "district_cut", "province_cut", "size"),
    )


def _commune_told(readings: pl.DataFrame) -> pl.DataFrame:
    """The commune where the readings are one, the form, and the new communes of all of them."""
    # Across the country only a name without namesakes says anything.
    namesakes = (pl.col("scope") == "*") & (pl.col("unit").n_unique().over("row", "form") > 1)
    rows = readings.filter(~namesakes.any().over("row")).select("row", "unit", "form", "cut").unique()
    became = old_meanings().rename({"old_code": "unit"}).with_columns(form=pl.lit("old"))
    rows = rows.join(became, on=["unit", "form"], how="left").join(_homes(), on=["unit", "form"], how="left")
    rows = rows.with_columns(
        pl.when(form="new").then(pl.concat_list("unit")).otherwise("candidates").alias("candidates")
    )
    told = rows.group_by("row").agg(
        commune=_agreed("unit"),
        commune_district=_agreed("district"),
        commune_province=_agreed("province"),
        unit_form=pl.when(pl.struct("unit", "form").n_unique() > 1)
        .then(pl.lit("ambiguous"))
        .otherwise(pl.col("form").first()),
        candidates=pl.col("candidates").explode(empty_as_null=False).unique().sort(),
        commune_cut=pl.col("cut").min(),
    )
    few = pl.col("candidates").list.len() <= _MOST_CANDIDATES
    return told.with_columns(pl.when(few).then("candidates").otherwise(NO_CODES).alias("candidates"))


def _agreed(column: str) -> pl.Expr:
    """The one value of a group, null where there are several."""
    return pl.when(pl.col(column).n_unique() == 1).then(pl.col(column).first())


def _homes() -> pl.DataFrame:
    """The district and province of each commune in its form."""
    old = tables.old_communes().select(
        unit="code", form=pl.lit("old"), district="district_code", province="province_code"
    )
    new = tables.new_communes().select(unit="code", form=pl.lit("new"), province="province_code")
    return pl.concat([old, new], how="diagonal")


def _district_told(districts: pl.DataFrame) -> pl.DataFrame:
    nearest = districts.filter(pl.col("is_past") == pl.col("is_past").min().over("row"))
    return nearest.group_by("row").agg(
        district=_agreed("district"), district_province=_agreed("old_province"), district_cut=pl.col("cut").min()
    )


def _province_told(provinces: pl.DataFrame) -> pl.DataFrame:
    """A name that is new too means the new province."""
    code = pl.when(pl.col("is_new_name").any().over("row")).then("new_province").otherwise("old_province")
    coded = provinces.with_columns(code=code)
    return coded.group_by("row").agg(province=_agreed("code"), province_cut=pl.col("cut").min())
