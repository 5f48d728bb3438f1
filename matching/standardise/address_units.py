"""Finds the units in the words of addresses, from the right, by joins on the names of real units."""

import polars as pl

from matching.standardise.address_answer import answer
from matching.standardise.units import gazetteer
from matching.standardise.units.change import old_meanings
from matching.standardise.units.names import COMMUNE_TYPES, run_together, spoken

_LONGEST = 6
_WIDE = 8
"""The tier from which on a scope is wider than a district."""
_STREETS = [
    "duong", "d", "hem", "ngo", "ngach", "pho", "lo", "kcn", "ccn", "kdc", "nghiep", "cho", "cau", "cong", "ap",
    "thon", "xom", "to", "khom", "ban", "khu", "kp", "tdp", "so", "ql", "dt", "hl", "dan",
]  # fmt: skip
"""Words after which a name is that of a street, a hamlet or an estate."""
_COMMUNES = ["phuong", "p", "f", "xa", "x", "tt", "tran"]
_TYPE_WORD = "(?:^| )(?:phuong|p|f|xa|x|tt|thi tran) "
_DISTRICTS = ["huyen", "h", "quan", "q", "tx", "tp"]
_PROVINCES = ["tinh", "t", "tp", "pho"]
_NO_QUAN = ["huyen", "h", "tx", "tp"]
"""Types of districts but for the quận, which no province was: "Nho Quan Ninh Binh" ends in one."""
_NO_DISTRICT = [*_STREETS, *_COMMUNES, *_PROVINCES]
_NUMBER = r"^\d+$"
_ACCENTED = r"[^\x00-\x7f]"


def find_units(texts: pl.DataFrame) -> pl.DataFrame:
    """For each `row` with its `words`: codes, form, candidates, and `cut`, the words before the first unit."""
    places = texts.select("row", "words", end=pl.col("words").list.len().cast(pl.Int64))
    provinces = _provinces(places)
    here = places.join(_cut(provinces), on="row", how="left").with_columns(end=pl.coalesce("cut", "end")).drop("cut")
    districts = _districts(here, provinces)
    readings = _communes(texts, here, provinces, districts)
    return answer(texts.select("row", "words"), provinces, districts, readings)


def _tails(places: pl.DataFrame) -> pl.DataFrame:
    """Each `row` and `end` once for each number of words before it: their `key`, the words `before` and `earlier`."""
    words = places.select("row", "end", *(_word_back(back) for back in range(1, _LONGEST + 3)))
    return pl.concat([words.select(_tail(size)) for size in range(1, _LONGEST + 1)]).drop_nulls("key")


def _word_back(back: int) -> pl.Expr:
    # An index below nought would count from the end.
    word = pl.col("words").list.get(pl.col("end") - back, null_on_oob=True)
    return pl.when(pl.col("end") >= back).then(word).alias(str(back))


def _tail(size: int) -> list[pl.Expr]:
    return [
        pl.col("row", "end"),
        pl.lit(size, pl.Int64).alias("size"),
        pl.concat_str([str(back) for back in range(size, 0, -1)], separator=" ").alias("key"),
        pl.col(str(size + 1)).fill_null(",").alias("before"),
        pl.col(str(size + 2)).fill_null(",").alias("earlier"),
    ]


def _cut(found: pl.DataFrame) -> pl.DataFrame:
    """Where the words of the unit begin, its type and the comma before it included."""
    return found.group_by("row").agg(pl.col("cut").min())


def _starting(found: pl.DataFrame, typed: pl.Expr, typed_twice: pl.Expr) -> pl.DataFrame:
    """With `cut`: the first word of the unit, a type of one or two words included; or the comma before it."""
    start = pl.col("end") - pl.col("size")
    comma = pl.when(typed | typed_twice).then(pl.lit(0)).otherwise((pl.col("before") == ",").cast(pl.Int64))
    type_words = pl.when(typed_twice).then(2).when(typed).then(1).otherwise(0)
    return found.with_columns(cut=(start - type_words - comma).clip(0))


def _longest(found: pl.DataFrame) -> pl.DataFrame:
    return found.filter(pl.col("size") == pl.col("size").max().over("row"))


def _provinces(places: pl.DataFrame) -> pl.DataFrame:
    found = _tails(places).join(gazetteer.province_keys(), on="key")
    is_city_word = (pl.col("before") == "tp") | ((pl.col("before") == "pho") & (pl.col("earlier") == "thanh"))
    typed = pl.col("before").is_in(["tinh", "t"]) | (pl.col("is_city") & is_city_word)
    is_free = ~pl.col("before").is_in([*_STREETS, *_COMMUNES, *_NO_QUAN])
    is_apart = pl.col("before") == ","
    kept = found.filter(typed | pl.when("is_short").then(is_apart).otherwise(is_free)).with_columns(is_typed=typed)
    return _longest(_starting(kept, typed, typed & (pl.col("before") == "pho")))


def _districts(here: pl.DataFrame, provinces: pl.DataFrame) -> pl.DataFrame:
    found = _tails(_before_comma(here)).join(gazetteer.district_keys(), on="key")
    found = found.join(_marks(here), on="row")
    known = provinces.select("row", "old_province", "is_old_name").unique()
    inside = found.join(known, on=["row", "old_province"]).with_columns(is_placed=True)
    outside = found.join(known, on="row", how="anti").with_columns(is_old_name=True, is_placed=False)
    found = pl.concat([inside, outside.select(inside.columns)])
    twice = ((pl.col("before") == "pho") & (pl.col("earlier") == "thanh")) | (
        (pl.col("before") == "xa") & (pl.col("earlier") == "thi")
    )
    # Without accents, "Nho Quan Ninh Binh" must not end in a quận called Ninh Bình.
    is_type = (pl.col("before") != "quan") | pl.col("is_quan") | (pl.col("earlier") == ",")
    typed = twice | (pl.col("before").is_in(_DISTRICTS) & is_type)
    is_number = pl.col("key").str.contains(_NUMBER)
    # "Phước Vĩnh" does not end in the city of Vinh: where commas are in use, a name begins after one.
    is_loose = ~pl.col("has_comma") & pl.col("is_placed") & ~pl.col("before").is_in(_NO_DISTRICT)
    is_apart = (pl.col("before") == ",") | is_loose
    # Of a new commune's name, only what else is named as the commune makes it the district of the past.
    is_meant = pl.col("is_placed") & (pl.col("has_type") | ~pl.col("is_reused"))
    # "Lai Uyên, Bến Cát": what the district of that name lost since is looked for after what it has.
    is_beside = (~pl.col("is_past")).any().over("row", "key", "old_province")
    is_known = ~pl.col("is_past") | is_meant | is_beside
    kept = found.filter(typed | (is_apart & is_known & ~is_number & ~pl.col("is_short")))
    return _longest(_starting(kept, typed, twice))


def _marks(texts: pl.DataFrame) -> pl.DataFrame:
    """Whether a text has commas, and whether it has a word that says what a commune is."""
    has_type = pl.col("words").list.join(" ").str.contains(_TYPE_WORD)
    return texts.select("row", has_comma=pl.col("words").list.contains(","), has_type=has_type)


def _before_comma(here: pl.DataFrame) -> pl.DataFrame:
    """The same with a comma at the end left out."""
    last = pl.col("words").list.get(pl.col("end") - 1, null_on_oob=True)
    return here.with_columns(end=pl.when(last == ",").then(pl.col("end") - 1).otherwise("end"))


def _scopes(here: pl.DataFrame, provinces: pl.DataFrame, districts: pl.DataFrame) -> pl.DataFrame:
    """Where to look for each row's commune: `scope`, `end` and `tier`, the nearer the smaller."""
    words = here.select("row", "words", "end")
    tier = pl.col("is_past").cast(pl.Int64) + 2 * (~pl.col("is_old_name")).cast(pl.Int64)
    by_district = words.drop("end").join(districts, on="row")
    by_district = by_district.select(
        "row", "words", end="cut", scope=pl.lit("d:") + pl.col("district"), tier=tier, has_district=True
    )
    placed = words.join(provinces.drop("end"), on="row")
    has_both = pl.col("is_new_name").any().over("row")
    by_new = placed.filter("is_new_name").select(
        "row", "words", "end", scope=pl.lit("n:") + pl.col("new_province"), tier=pl.lit(_WIDE, pl.Int64)
    )
    by_old = placed.with_columns(tier=pl.when(has_both).then(_WIDE + 1).otherwise(_WIDE)).filter("is_old_name")
    by_old = by_old.select("row", "words", "end", scope=pl.lit("o:") + pl.col("old_province"), tier="tier")
    by_merged = by_new.with_columns(pl.col("scope").str.replace("^n", "m"), tier=pl.lit(_WIDE + 1, pl.Int64))
    nowhere = words.join(provinces, on="row", how="anti").join(districts, on="row", how="anti")
    anywhere = nowhere.with_columns(scope=pl.lit("*"), tier=pl.lit(_WIDE + 2, pl.Int64))
    # "Phường Đông Sơn, Thanh Hóa" may be a ward of the city of that name, of before the new communes.
    untold = placed.filter(pl.col("is_new_name") & pl.col("is_old_name") & ~pl.col("is_typed"))
    cities = untold.join(districts, on="row", how="anti").join(gazetteer.namesake_cities(), on=["key", "old_province"])
    by_city = cities.select(
        "row", "words", "end", scope=pl.lit("d:") + pl.col("district"), tier=pl.lit(_WIDE, pl.Int64)
    )
    every = pl.concat([by_district, by_new, by_city, by_old, by_merged, anywhere], how="diagonal_relaxed")
    has_district = pl.col("has_district").any().over("row")
    nearest_first = every.with_columns(has_district).sort("tier")
    return nearest_first.unique(["row", "scope", "end"], keep="first", maintain_order=True)


def _communes(
    texts: pl.DataFrame, here: pl.DataFrame, provinces: pl.DataFrame, districts: pl.DataFrame
) -> pl.DataFrame:
    """The best readings of each row: those of the nearest scope, the longest name and the type that was written."""
    scopes = _before_comma(_scopes(here, provinces, districts))
    found = _named(scopes.drop("words").join(_written(_tails(scopes.unique(["row", "end"]))), on=["row", "end"]))
    found = found.join(_marks(here), on="row")
    typed = pl.col("written").is_not_null()
    is_free = (pl.col("before") == ",") | (
        ~pl.col("has_comma") & ~pl.col("before").is_in([*_STREETS, *_DISTRICTS, *_PROVINCES])
    )
    is_number = pl.col("key").str.contains(_NUMBER)
    # The name of a district that became a ward's too stays the district's where nothing says otherwise.
    is_place = pl.col("scope").str.starts_with("d:") | ~(pl.col("has_type") | pl.col("has_district"))
    kept = found.filter(typed | (is_free & is_place & ~is_number & (pl.col("scope") != "*")))
    kept = kept.with_columns(is_other_type=(pl.col("written") != pl.col("type")).fill_null(value=False))
    kept = _starting(kept.filter((pl.col("scope") != "*") | ~pl.col("is_other_type")), typed, pl.col("is_twice"))
    return _as_accented(_without_doubled(_best(_said(kept, texts))))


def _written(tails: pl.DataFrame) -> pl.DataFrame:
    """With the type of commune `written` before the key, null where none is; `is_twice`: in two words."""
    two_words = pl.col("earlier") + " " + pl.col("before")
    twice = two_words.is_in(COMMUNE_TYPES["prefix"].implode())
    told = tails.filter(two_words != "thi xa").with_columns(is_twice=twice)
    prefixed = told.with_columns(prefix=pl.when("is_twice").then(two_words).otherwise("before"))
    return prefixed.join(COMMUNE_TYPES.rename({"type": "written"}), on="prefix", how="left").drop("prefix")


def _named(tails: pl.DataFrame) -> pl.DataFrame:
    """The tails that are communes of their scope; names of the past count only with their type before them."""
    now = tails.join(gazetteer.commune_keys(), on=["key", "scope"])
    typed = tails.drop_nulls("written").with_columns(run_together(pl.col("key")))
    past = typed.join(
        gazetteer.former_commune_keys(), left_on=["key", "scope", "written"], right_on=["key", "scope", "type"]
    )
    return pl.concat([now, past.with_columns(type="written")], how="diagonal")


def _said(kept: pl.DataFrame, texts: pl.DataFrame) -> pl.DataFrame:
    """With `is_said`: the text has the name with its accents; null where a side has none."""
    written = texts.select("row", text=pl.col("accented").list.join(" ")).filter(pl.col("text").str.contains(_ACCENTED))
    compared = kept.join(written.with_columns(text=spoken(pl.col("text"))), on="row", how="left")
    return compared.with_columns(is_said=pl.col("text").str.contains(pl.col("spoken"), literal=True)).drop(
        "text", "spoken"
    )


def _best(kept: pl.DataFrame) -> pl.DataFrame:
    """The written type counts most; then a district's own communes, new ones that took in its land, wider scopes.

    In the wider ones what the accents say comes before what they deny: "xã Sơn Đông" is no xã Sơn Đồng. What a district
    lost long ago and what is new in it are as near: "phường Mường Thanh, huyện Điện Biên" may be either.
    """
    is_later = ((pl.col("form") == "new") & pl.col("scope").str.starts_with("d:")).cast(pl.Int64)
    is_denied = (~pl.col("is_said")).fill_null(value=False) & (pl.col("tier") >= _WIDE)
    is_lost = (pl.col("form") == "old") & (pl.col("tier") < _WIDE) & (pl.col("tier") % 2 == 1)
    tier = pl.col("tier") + 4 * is_later + 3 * (is_denied | is_lost).cast(pl.Int64)
    rank = 1000 * pl.col("is_other_type").cast(pl.Int64) + 10 * tier - pl.col("size")
    ranked = kept.with_columns(rank=rank, is_merged=pl.col("scope").str.starts_with("m:"))
    best = ranked.filter(pl.col("rank") == pl.col("rank").min().over("row", "is_merged"))
    return _with_merged(best.filter(~pl.col("is_merged")), best.filter("is_merged"))


def _with_merged(near: pl.DataFrame, merged: pl.DataFrame) -> pl.DataFrame:
    """The best readings, and beside them the old communes elsewhere in the new province that may as well be meant.

    A district or the name of a new commune settles it, unless the accents deny the name and say an old one's; an old
    type ("xã" for what is a "phường") does not.
    """
    is_new = pl.col("scope").str.starts_with("n:") & ~pl.col("is_other_type")
    is_denied = ~pl.col("is_said").fill_null(value=True)
    settled = near.filter(pl.col("scope").str.starts_with("d:") | (is_new & ~is_denied))
    doubted = near.filter(is_new & is_denied)
    unsettled = merged.join(settled, on="row", how="anti")
    alone = unsettled.join(near, on="row", how="anti").filter("is_other_type")
    alike = unsettled.filter(~pl.col("is_other_type"))
    said = alike.join(doubted, on="row", how="semi").filter(pl.col("is_said"))
    return pl.concat([near, alone, alike.join(doubted, on="row", how="anti"), said])


def _without_doubled(readings: pl.DataFrame) -> pl.DataFrame:
    """Without the wards of a namesake city of which all became what is read as new: the place is the same."""
    is_city = pl.col("scope").str.starts_with("d:") & (pl.col("tier") == _WIDE)
    cities = readings.filter(is_city).join(old_meanings(), left_on="unit", right_on="old_code")
    new = readings.filter(form="new").group_by("row").agg(new=pl.col("unit"))
    doubled = cities.join(new, on="row").filter(pl.col("candidates").list.set_difference("new").list.len() == 0)
    return readings.join(doubled, on=["row", "unit", "form"], how="anti")


def _as_accented(readings: pl.DataFrame) -> pl.DataFrame:
    """Of several namesakes without accents, those whose accented name was written, where one was."""
    # A name of the past is known without its accents only, so they do not speak against it.
    is_kept = pl.col("is_said").fill_null(value=True) | ~pl.col("is_said").any().over("row")
    return readings.filter(is_kept)
