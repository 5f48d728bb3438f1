"""`place`: communes and addresses of Viet Nam, in the units before or since July 2025, as codes or in free text."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl

from matching.engine.kinds.base import Kind, Level, codes
from matching.engine.kinds.options import Options
from matching.engine.kinds.text_values import tidy
from matching.engine.kinds.weighted_words import Pairs, plain_words
from matching.engine.spec import Option
from matching.standardise import addresses
from matching.standardise.units import tables
from matching.standardise.units.change import NO_CODES, new_province_codes, read_codes

_LEVELS = (
    Level("exact", "cùng một nơi", "the same place", rarity=1.0),
    Level("commune", "cùng xã, phường", "the same commune, whatever it was called", rarity=0.8),
    Level("province", "cùng tỉnh, thành phố", "the same province"),
    Level("different", "khác nơi", "different places"),
)
_CODE = codes(_LEVELS)
_COMMUNE_CODE = {"auto": r"^[0-9]{4,5}$", "commune": r"^[0-9]{1,5}$", "province": r"^$"}
_PROVINCE_CODE = {"auto": r"^[0-9]{1,2}$", "commune": r"^$", "province": r"^[0-9]{1,2}$"}
"""By what a column of codes is of. Where nobody told, three digits may be a district or have lost two zeros."""


@dataclass(frozen=True, slots=True)
class Place:
    """Levels of agreement of places, held as `detail|new communes|new provinces`, codes with spaces between."""

    unit: str = "auto"
    is_weighed_by_frequency: bool = True
    levels: tuple[Level, ...] = _LEVELS

    def value(self, raw: pl.Expr) -> pl.Expr:
        """A code of a commune or province, or an address; null where it names no unit."""
        return tidy(raw).map_batches(lambda texts: _read(texts, self.unit), pl.String, is_elementwise=True)

    def fitted(self, _left: pl.Series, _right: pl.Series) -> Kind:
        """Needs nothing of the data."""
        return self

    def level(self, left: pl.Series, right: pl.Series) -> pl.Series:
        """Codes by shared communes and provinces."""
        pairs = Pairs.of(left, right)
        is_shared = [pairs.shared(part).both > 0 for part in (_communes, _provinces)]
        code = np.select(is_shared, [_CODE["commune"], _CODE["province"]], _CODE["different"])
        return pl.Series(code, dtype=pl.Int8)


def _communes(values: pl.Series) -> pl.DataFrame:
    return plain_words(values.str.split("|").list.get(1))


def _provinces(values: pl.Series) -> pl.DataFrame:
    return plain_words(values.str.split("|").list.get(2))


def _read(texts: pl.Series, unit: str) -> pl.Series:
    """The place of each text, read once for each distinct text."""
    rows = texts.alias("text").to_frame()
    distinct = rows.unique().drop_nulls()
    is_code = pl.col("text").str.contains(_COMMUNE_CODE[unit])
    is_province = pl.col("text").str.contains(_PROVINCE_CODE[unit])
    read = [
        _of_communes(distinct.filter(is_code)),
        _of_provinces(distinct.filter(is_province)),
        _of_addresses(distinct.filter(~is_code & ~is_province)),
    ]
    places = pl.concat(read).select("text", place=_place())
    return rows.join(places, on="text", how="left", maintain_order="left")["place"]


def _of_communes(texts: pl.DataFrame) -> pl.DataFrame:
    found = read_codes(texts.select(code="text"))["unit_candidates"]
    return texts.select("text", detail=pl.lit(""), communes=found, province=pl.lit(None, pl.String))


def _of_provinces(texts: pl.DataFrame) -> pl.DataFrame:
    code = pl.col("text").str.zfill(2)
    return texts.select("text", detail=pl.lit(""), communes=NO_CODES, province=code)


def _of_addresses(texts: pl.DataFrame) -> pl.DataFrame:
    read = addresses.read(texts["text"])
    detail = pl.col("detail").fill_null("").str.replace_all("|", " ", literal=True)
    return read.select(texts["text"], detail, communes="unit_candidates", province="province_code")


def _place() -> pl.Expr:
    """`detail|communes|provinces`; the new provinces of the communes, else that of the code; null without either."""
    by_commune = dict(tables.new_communes().select("code", "province_code").iter_rows())
    communes = pl.col("communes").fill_null(NO_CODES)
    known = communes.list.eval(pl.element().replace_strict(by_commune, default=None)).list.drop_nulls()
    named = pl.concat_list(pl.col("province").replace_strict(new_province_codes(), default=None)).list.drop_nulls()
    provinces = pl.when(known.list.len() > 0).then(known.list.unique().list.sort()).otherwise(named)
    parts = ("detail", communes.list.sort().list.join(" "), provinces.list.join(" "))
    return pl.when(provinces.list.len() > 0).then(pl.concat_str(*parts, separator="|"))


def make(options: Mapping[str, Option]) -> Kind:
    """Options: `unit` ("auto", "commune", "province": what codes are of), `frequency` (true)."""
    read = Options("place", options, ("unit", "frequency"))
    return Place(
        read.choice("unit", "auto", tuple(_COMMUNE_CODE)), is_weighed_by_frequency=read.flag("frequency", True)
    )
