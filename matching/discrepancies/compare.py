"""How two values differ: a kind of the closed list, null where they are equal in comparable form.

Every function takes what records say (`matching.discrepancies.told`) and the entries they are linked to, compares each
distinct pair of values once, and gives COMPARED.
"""

import polars as pl

from matching import keys
from matching.dates import birth_level
from matching.edits import edits
from matching.linkages.person import BIRTH, NAME
from matching.names import compare_names
from matching.standardise.units.compare import COMMUNE, PROVINCE, place_level

COMPARED = pl.Schema(
    {
        "link": pl.UInt32,
        "field": pl.String,
        "kind": pl.String,
        "lacks": pl.String,
        "local_value": pl.String,
        "register_value": pl.String,
        "said": pl.String,
    }
)
"""One row a link and field that both sides hold; `lacks` the side that is incomplete, `said` what the record says in
comparable form, so that records can be held against each other."""

_SIDES = ("left", "right")


def compared(frame: pl.DataFrame) -> pl.DataFrame:
    """COMPARED of a frame with value, right_value and the rest of its columns under their own names."""
    values = {"local_value": "value", "register_value": "right_value"}
    absent = [pl.lit(None, pl.String).alias(name) for name in ("kind", "lacks") if name not in frame.columns]
    renamed = frame.with_columns(absent).with_columns(pl.col(column).alias(name) for name, column in values.items())
    return renamed.select(pl.col(name).cast(dtype) for name, dtype in COMPARED.items())


def _spaceless(side: str, form: str) -> pl.Expr:
    return keys.squeezed(pl.col(f"{side}_{form}"))


def persons_names(local: pl.DataFrame, register: pl.LazyFrame) -> pl.DataFrame:
    """Personal names: of whom the record means, and of parents and spouse."""
    of = {"name": "full_name"} | {f"{who}_name": f"{who}_name" for who in ("mother", "father", "spouse")}
    entries = [
        register.select(
            reference_id="citizen_id__std",
            field=pl.lit(field),
            right_value=pl.col(f"{name}__std"),
            right_form=keys.words(pl.col(f"{name}__form")),
            right_words=keys.words(pl.col(f"{name}__key")),
        ).drop_nulls("right_form")
        for field, name in of.items()
    ]
    both = local.rename({"form": "left_form", "words": "left_words"}).join(
        pl.concat(entries).collect(), on=["reference_id", "field"], how="inner"
    )
    sides = [f"{side}_{form}" for side in _SIDES for form in ("form", "words")]
    differing = both.select(sides).unique().filter(_spaceless("left", "form") != _spaceless("right", "form"))
    kinds = compare_names(differing, "left", "right").select(*sides, kind=_name_kind(), lacks=_name_lacks())
    return compared(both.join(kinds, on=sides, how="left").with_columns(said=_spaceless("left", "form")))


def _name_kind() -> pl.Expr:
    plain, folded = (key(pl.col("left_words")) == key(pl.col("right_words")) for key in (keys.squeezed, keys.folded))
    tones = [_composed(side).str.replace_all("\u0303", "\u0309", literal=True) for side in _SIDES]
    of_level = {
        "unaccented": pl.when(tones[0] == tones[1]).then(pl.lit("tone_confused")).otherwise(pl.lit("accents_missing")),
        "reordered": pl.lit("word_order"),
        "near": pl.when(plain)
        .then(pl.lit("accent_differs"))
        .when(folded)
        .then(pl.lit("regional_spelling"))
        .otherwise(pl.lit("one_letter")),
        "damaged": pl.lit("letters_lost"),
        "initials": pl.lit("initials"),
        "subset": pl.lit("words_missing"),
        "close": pl.lit("two_letters"),
    }
    kinds = [pl.when(pl.col("level") == NAME.code(level)).then(kind) for level, kind in of_level.items()]
    # So little is left of a damaged name that its level is unknown.
    too_damaged = pl.when(pl.col("level").is_null()).then(pl.lit("letters_lost"))
    return pl.coalesce(*kinds, too_damaged, pl.lit("other_name"))


def _composed(side: str) -> pl.Expr:
    """Letters and accents apart."""
    return pl.col(f"{side}_form").str.normalize("NFD")


def _name_lacks() -> pl.Expr:
    """The side with fewer accents and letters, where all that it has stands on the other side."""
    mine, theirs = (_composed(side).str.len_chars() for side in _SIDES)
    said_less = pl.when(mine < theirs).then(pl.lit("local")).when(mine > theirs).then(pl.lit("register"))
    is_part = _name_kind().is_in(["accents_missing", "initials", "words_missing"])
    return pl.when(_name_kind() == "letters_lost").then(pl.lit("local")).when(is_part).then(said_less)


def birth_dates(local: pl.DataFrame, register: pl.LazyFrame) -> pl.DataFrame:
    """Birth dates, partial ones included."""
    entries = register.select(
        reference_id="citizen_id__std",
        right_value=pl.col("birth_date__std").cast(pl.String),
        right_birth_date="birth_date__std",
        right_birth_precision="birth_date__precision",
    ).drop_nulls("right_birth_date")
    named = local.rename({"date": "left_birth_date", "precision": "left_birth_precision"})
    both = named.join(entries.collect(), on="reference_id", how="inner")
    sides = [f"{side}_birth_{form}" for side in _SIDES for form in ("date", "precision")]
    distinct = both.select(sides).unique().with_columns(left_birth_alt=_swapped("left_birth_date"))
    kinds = distinct.with_columns(level=birth_level("left_", "right_")).select(
        *sides, kind=_date_kind(), lacks=_date_lacks()
    )
    said = pl.concat_str(pl.col("left_birth_date").cast(pl.String), pl.col("left_birth_precision"), separator=" ")
    return compared(both.join(kinds, on=sides, how="left", nulls_equal=True).with_columns(said=said))


def _swapped(name: str) -> pl.Expr:
    """The date with day and month in the other order, where that is a date."""
    day, month = pl.col(name).dt.day(), pl.col(name).dt.month()
    return pl.when((day <= 12) & (day != month)).then(pl.date(pl.col(name).dt.year(), day, month))


def _date_kind() -> pl.Expr:
    mine, theirs = (pl.col(f"{side}_birth_precision") for side in _SIDES)
    dates = [pl.col(f"{side}_birth_date") for side in _SIDES]
    is_month_known = (mine != "year") & (theirs != "year")
    other_month = is_month_known & (dates[0].dt.month() != dates[1].dt.month())
    # Both say 1 January: a day that is written for an unknown one is equal to itself.
    is_equal = (dates[0] == dates[1]) & (mine == theirs)
    of_level = {
        "swapped": "day_month_swapped",
        "slip": "one_digit",
        "day_month": "other_year",
        "near_year": "other_year",
        "same_year": "same_year",
        "different": "other_date",
    }
    # A day other than 1 January in another month contradicts, however the other side is rounded.
    is_partial = (mine != _DAY) | (theirs != _DAY)
    compatible = pl.when(is_partial & other_month).then(pl.lit("same_year")).otherwise(pl.lit("partial_date"))
    kinds = [pl.when(pl.col("level") == BIRTH.code(level)).then(pl.lit(kind)) for level, kind in of_level.items()]
    partial = pl.when(pl.col("level") == BIRTH.code("year")).then(compatible)
    return pl.when(~is_equal).then(pl.coalesce(*kinds, partial))


def _date_lacks() -> pl.Expr:
    rank = [pl.col(f"{side}_birth_precision").replace_strict(_PRECISIONS, return_dtype=pl.Int8) for side in _SIDES]
    return pl.when(rank[0] < rank[1]).then(pl.lit("local")).when(rank[0] > rank[1]).then(pl.lit("register"))


def persons_numbers(local: pl.DataFrame, register: pl.LazyFrame) -> pl.DataFrame:
    """Numbers of identity papers: the person's own, and those of parents and spouse."""
    others = ["cmnd", "former_citizen_id", "father_citizen_id", "mother_citizen_id", "spouse_citizen_id"]
    others.append("head_citizen_id")
    entries = register.select(
        "citizen_id__std",
        reference_id="citizen_id__std",
        **{each: keys.digits(pl.col(f"{each}__std")) for each in others},
    ).collect()
    both = local.join(entries, on="reference_id", how="inner")
    own = both.filter(pl.col("field").is_in(_OWN_NUMBERS))
    kin = [
        both.filter(pl.col("field") == f"{who}_number").with_columns(right=f"{who}_citizen_id")
        for who in ("mother", "father", "spouse")
    ]
    owned = own.with_columns(right=pl.col("citizen_id__std")).with_columns(kind=_own_number_kind(own))
    # What has not the length of a citizen ID is another kind of paper, of which the register holds nothing.
    related = pl.concat(kin).filter(pl.col("number").str.len_chars().is_in([11, 12])).drop_nulls("right")
    related = related.with_columns(kind=_slip_kind(related))
    told_of = pl.concat([owned.drop_nulls("right"), related])
    return compared(told_of.with_columns(right_value="right", said="number"))


def _own_number_kind(own: pl.DataFrame) -> pl.Expr:
    number = pl.col("number")
    former = (number == pl.col("cmnd")) | (number == pl.col("former_citizen_id"))
    relatives = ("father_citizen_id", "mother_citizen_id", "spouse_citizen_id", "head_citizen_id")
    # The head of a household may be the person.
    is_relative = pl.any_horizontal(
        (number == pl.col(each)) & (number != pl.col("citizen_id__std")) for each in relatives
    )
    of_nine = pl.when(pl.col("cmnd").is_not_null()).then(pl.lit("other_former_number"))
    return (
        pl.when(former.fill_null(False))
        .then(pl.lit("former_number"))
        .when(is_relative.fill_null(False))
        .then(pl.lit("relative_number"))
        .when((number.str.len_chars() == _CMND_DIGITS) & (pl.lit(slips(own, "citizen_id__std")) > 1))
        .then(of_nine)
        .otherwise(kind_of_slip(pl.col("citizen_id__std"), pl.lit(slips(own, "citizen_id__std"))))
    )


def _slip_kind(some: pl.DataFrame) -> pl.Expr:
    return kind_of_slip(pl.col("right"), pl.lit(slips(some, "right")))


def kind_of_slip(right: pl.Expr, edited: pl.Expr) -> pl.Expr:
    """How `number` differs from the register's, given the edits between them."""
    number = pl.col("number")
    return (
        pl.when(number == right)
        .then(None)
        .when(number.str.strip_chars_start("0") == right.str.strip_chars_start("0"))
        .then(pl.lit("lost_zero"))
        .when(edited <= 1)
        .then(pl.lit("one_digit"))
        .otherwise(pl.lit("other_number"))
    )


def slips(some: pl.DataFrame, right: str) -> pl.Series:
    """Edits between number and the register's, only reckoned where they differ."""
    pairs = some.select("number", right=right)
    differing = pairs.unique().filter(pl.col("number") != pl.col("right"))
    reckoned = differing.with_columns(edits(differing["number"], differing["right"]))
    joined = pairs.join(reckoned, on=["number", "right"], how="left", maintain_order="left")
    return joined["edits"].fill_null(0)


def persons_codes(local: pl.DataFrame, register: pl.LazyFrame) -> pl.DataFrame:
    """Sex and ethnic group."""
    entries = [
        register.select(
            reference_id="citizen_id__std", field=pl.lit(field), right_value=pl.col(f"{field}__std").cast(pl.String)
        ).drop_nulls("right_value")
        for field in ("sex", "ethnicity")
    ]
    both = local.join(pl.concat(entries).collect(), on=["reference_id", "field"], how="inner")
    differs = pl.when(pl.col("value") != pl.col("right_value")).then(pl.lit("other_value"))
    return compared(both.with_columns(kind=differs, said="value"))


def communes(local: pl.DataFrame, register: pl.DataFrame) -> pl.DataFrame:
    """Communes; `register` has [reference_id, value, communes] of one place of each entry, or further of a second.

    The same code of the same time, or the same commune of today, is equal. Where a former unit was split and only
    some of its parts agree, that is told, not held against anybody. Of two places the nearer counts.
    """
    own = local.rename({"communes": "mine"})
    both = own.join(register.rename({"value": "right_value"}), on="reference_id", how="inner")
    both = both.with_columns(_commune_kind(both, "communes").alias("kind"))
    if "second_communes" in register.columns:
        second = _commune_kind(both, "second_communes")
        rank, other = _nearness(both["kind"], both["communes"]), _nearness(second, both["second_communes"])
        is_nearer = other < rank
        both = both.with_columns(
            kind=pl.when(pl.lit(is_nearer)).then(pl.lit(second)).otherwise("kind"),
            right_value=pl.when(pl.lit(is_nearer)).then("second_value").otherwise("right_value"),
        ).filter(pl.any_horizontal(pl.col("communes", "second_communes").is_not_null()))
    return compared(both.with_columns(said="mine"))


def _commune_kind(both: pl.DataFrame, theirs: str) -> pl.Series:
    pairs = both.select("mine", theirs=theirs)
    mine, other = (pl.col(side).str.split(" ") for side in ("mine", "theirs"))
    level = place_level(mine, other)
    kind = (
        pl.when(pl.col("mine") == pl.col("theirs"))
        .then(None)
        .when(level == COMMUNE)
        .then(pl.lit("split_unit"))
        .when(level == PROVINCE)
        .then(pl.lit("other_commune"))
        .otherwise(pl.lit("other_province"))
    )
    levelled = pairs.unique().drop_nulls().with_columns(kind=kind)
    return pairs.join(levelled, on=["mine", "theirs"], how="left", maintain_order="left")["kind"]


def _nearness(kind: pl.Series, theirs: pl.Series) -> pl.Series:
    rank = kind.fill_null("").replace_strict(_RANKS, return_dtype=pl.Int8)
    return rank.zip_with(theirs.is_not_null(), pl.Series([len(_RANKS)], dtype=pl.Int8))


_OWN_NUMBERS = ("number", "second_number")
_CMND_DIGITS = 9
_DAY = "day"
_PRECISIONS = {"year": 0, "month": 1, "day": 2}
_RANKS = {"": 0, "split_unit": 1, "other_commune": 2, "other_province": 3}
