"""What kind of record is judged: age, sex, name and unit from the standard forms of the rows held.

So the links that were published are told by subgroup where the truth names keys only.
"""

from collections.abc import Mapping

import polars as pl

from contracts import received
from matching.mentions import mentions

COLUMNS = ("sex", "age_group", "name_group", "unit")
"""Groups that every dataset has; for an enterprise sex and age are blank."""
_PLACE = ("record_id", "role")
_AGES = {18: "0-17", 30: "18-29", 45: "30-44", 60: "45-59"}
"""Years of age at the event by the age that a group stays below."""
_SEXES = {1: "nam / male", 2: "nữ / female"}


def described(held: Mapping[str, pl.LazyFrame]) -> pl.DataFrame:
    """[record_id, role] with COLUMNS of every role of the rows held, by dataset."""
    told = mentions(held)
    age = pl.col("event_date").dt.year() - pl.col("birth_date").dt.year()
    band = pl.coalesce(pl.when(age < end).then(pl.lit(name)) for end, name in _AGES.items())
    groups = told.select(
        *_PLACE,
        sex=pl.col("sex").replace_strict(_SEXES, default=pl.col("sex").cast(pl.String), return_dtype=pl.String),
        age_group=pl.when(age >= 0).then(band.fill_null("60+")),
        # The surname: north and south, Kinh and others differ in how names are written and misread.
        name_group=pl.col("words").str.extract(r"^(\S+)"),
    )
    units = [
        frame.select("record_id", unit=_unit(dataset)).collect()
        for dataset, frame in sorted(held.items())
        if received()[dataset].roles
    ]
    by_record = pl.concat([pl.DataFrame(schema={"record_id": pl.String, "unit": pl.String}), *units])
    return groups.join(by_record.unique("record_id", keep="any"), on="record_id", how="left", maintain_order="left")


def _unit(dataset: str) -> pl.Expr:
    """The office that a row came through."""
    name = received()[dataset].unit_property
    return pl.col(f"{name}__std").cast(pl.String) if name else pl.lit(None, pl.String)
