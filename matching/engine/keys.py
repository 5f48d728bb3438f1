"""Blocking keys: forms of columns, hashed; records that share a key of a rule become candidates."""

from collections.abc import Callable, Sequence

import polars as pl

from matching.engine.kinds import dates, numbers
from matching.engine.spec import Key, Rule
from matching.lower_case import lower

_SEED = 20_251
_ODD = 0x9E3779B97F4A7C15
_WORD = r"[\p{L}\p{M}\p{N}]+"
FORMS: dict[str, str] = {
    "value": "the value as it is compared; of a column that is not compared, the text in lower case",
    "bare": "the value without accents, marks and spaces",
    "first1": "the first letter of `bare`",
    "first2": "the first two letters of `bare`",
    "first3": "the first three letters of `bare`",
    "first4": "the first four letters of `bare`",
    "last4": "the last four letters of `bare`",
    "sorted": "the words without accents in order of the alphabet",
    "first_word": "the first word without accents",
    "last_word": "the last word without accents",
    "consonants": "the first letter and the consonants that follow, doubles once",
    "year": "the first run of four digits: the year of a date",
    "month_day": "month and day of a date, whichever comes first",
    "words": "every word of at least three letters without accents: one shared word is enough",
    "weeks": "the two overlapping spans of two weeks that a date lies in: dates a week apart share one",
    "about": "the two overlapping ranges of a number: numbers a few per cent apart share one",
    "deletions": "the value and all forms of it with one character left out: one slip apart is enough",
}
"""What a key may take of a column, told in one line each."""
SEVERAL = ("words", "weeks", "about", "deletions")
"""Forms that give a record several keys."""


def is_several(rule: Rule) -> bool:
    """Whether a record has more than one key under the rule."""
    return any(key.form in SEVERAL for key in rule.keys)


def scalar_key(rule: Rule, columns: Sequence[str]) -> pl.Expr:
    """The hash (UInt64) of the rule's keys over these columns; null where one of them is blank."""
    return _hashed([_form_of(name, key) for key, name in zip(rule.keys, columns, strict=True)])


def several_keys(rows: pl.DataFrame, rule: Rule, columns: Sequence[str]) -> pl.DataFrame:
    """[k, row]: every hash of the rule's keys, for a rule with one form of several values."""
    named = list(enumerate(zip(rule.keys, columns, strict=True)))
    forms = {f"form{at}": _form_of(name, key) for at, (key, name) in named}
    several = next(f"form{at}" for at, (key, _) in named if key.form in SEVERAL)
    spread = rows.select("row", **forms).drop_nulls().explode(several)
    return spread.select("row", k=_hashed([pl.col(name) for name in forms])).unique()


def _form_of(column: str, key: Key) -> pl.Expr:
    """A compared value is ready as it is."""
    return pl.col(column) if key.form == "value" and is_value(column) else form(pl.col(column), key.form)


def is_value(column: str) -> bool:
    """Whether the column holds the values of a comparison: v0, v1, …"""
    return column[0] == "v" and column[1:].isdigit()


def _hashed(forms: Sequence[pl.Expr]) -> pl.Expr:
    if not forms:
        return pl.lit(0, pl.UInt64)
    is_whole = pl.all_horizontal(each.is_not_null() for each in forms)
    mixed = forms[0].hash(_SEED)
    for at, each in enumerate(forms[1:], 1):
        # A product with an odd number keeps all bits, so that (a, b) and (b, a) differ.
        mixed = mixed * pl.lit(_ODD, pl.UInt64) + each.hash(_SEED + at)
    return pl.when(is_whole).then(mixed)


def form(column: pl.Expr, name: str) -> pl.Expr:
    """A form of a text column; null where nothing is left."""
    made = _form(lower(column.cast(pl.String)), name)
    return made if name in SEVERAL else pl.when(made != "").then(made)


def _form(text: pl.Expr, name: str) -> pl.Expr:
    if name.startswith("first") and name[5:].isdigit():
        return bare(text).str.head(int(name[5:]))
    return _MAKERS[name](text)


def _words_of(text: pl.Expr) -> pl.Expr:
    long = unaccented(text).str.extract_all(r"[\p{L}\p{N}]{3,}")
    return pl.when(long.list.len() > 0).then(long.list.unique())


def unaccented(text: pl.Expr) -> pl.Expr:
    """Lower-case text without accents."""
    return text.map_batches(_unaccented, pl.String, is_elementwise=True)


def bare(text: pl.Expr) -> pl.Expr:
    """Lower-case text without accents, marks and spaces."""
    return text.map_batches(_bare, pl.String, is_elementwise=True)


_PLAIN_OF = dict(
    zip(
        "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ",
        "aaaaaaaaaaaaaaaaaeeeeeeeeeeeiiiiiooooooooooooooooouuuuuuuuuuuyyyyyd",
        strict=True,
    )
)
_MARKS = dict.fromkeys(" .-'", "")


def _unaccented(text: pl.Series) -> pl.Series:
    """Vietnamese letters by one search for all of them; the slow way only where other accents are left."""
    plain = text.str.replace_many(list(_PLAIN_OF), list(_PLAIN_OF.values()))
    if not plain.str.contains(r"[^\x00-\x7f]").any():
        return plain
    return plain.str.normalize("NFD").str.replace_all(r"\p{M}", "").str.replace_all("đ", "d", literal=True)


def _bare(text: pl.Series) -> pl.Series:
    table = _PLAIN_OF | _MARKS
    plain = text.str.replace_many(list(table), list(table.values()))
    if not plain.str.contains(r"[^a-z0-9]").any():
        return plain
    return _unaccented(plain).str.replace_all(r"[^\p{L}\p{N}]+", "")


def consonants(text: pl.Expr) -> pl.Expr:
    """What of a name is heard wrong least: its first letter and the later consonants, doubles once."""
    plain = bare(text).str.replace_all("ph", "f", literal=True).str.replace_all("[cqk]+", "k")
    return plain.str.head(1) + plain.str.slice(1).str.replace_all("[aeiouyhw]", "").str.replace_all(
        r"(b+|d+|f+|g+|k+|l+|m+|n+|p+|r+|s+|t+|v+|x+|z+)", "${1}"
    )


def _month_day(text: pl.Expr) -> pl.Expr:
    """`05-03` of 1990-05-03 and of 03/05/1990: the two numbers beside the year, the smaller first."""
    iso = text.str.extract_groups(r"^\D*[0-9]{4}\D?([0-9]{1,2})\D?([0-9]{1,2})")
    local = text.str.extract_groups(r"^\D*([0-9]{1,2})\D([0-9]{1,2})\D[0-9]{4}")
    one = pl.coalesce(iso.struct.field("1"), local.struct.field("1")).str.zfill(2)
    two = pl.coalesce(iso.struct.field("2"), local.struct.field("2")).str.zfill(2)
    return pl.min_horizontal(one, two) + pl.lit("-") + pl.max_horizontal(one, two)


_WEEK_DAYS = 7
_RANGES = 12.0
"""Ranges of a number for each factor of e: each 17 % wide, half of it shared with the next."""


def _weeks(text: pl.Expr) -> pl.Expr:
    """Of each date its week and the one before, so that a week's neighbours share a key too."""
    day = text.map_batches(dates.day_numbers, pl.Int32, is_elementwise=True)
    week = day // _WEEK_DAYS
    return pl.when(week.is_not_null()).then(pl.concat_list(week, week - 1).cast(pl.List(pl.String)))


def _about(text: pl.Expr) -> pl.Expr:
    number = text.map_batches(lambda values: numbers.parsed(values, "."), pl.Float64, is_elementwise=True).abs()
    place = ((number + 1).log() * _RANGES).floor().cast(pl.Int64)
    return pl.when(place.is_not_null()).then(pl.concat_list(place, place - 1).cast(pl.List(pl.String)))


_LONGEST = 24
"""Characters beyond this one are never left out."""


def deletions(text: pl.Expr) -> pl.Expr:
    """The text and its deletion neighbourhood of one: two texts one edit apart share a member."""
    left_out = [
        pl.when(text.str.len_chars() > place).then(text.str.head(place) + text.str.slice(place + 1))
        for place in range(_LONGEST)
    ]
    return pl.when(text.str.len_chars() > 2).then(pl.concat_list(text, *left_out).list.drop_nulls().list.unique())


_MAKERS: dict[str, Callable[[pl.Expr], pl.Expr]] = {
    "value": lambda text: text.str.strip_chars(),
    "bare": bare,
    "last4": lambda text: bare(text).str.tail(4),
    "sorted": lambda text: unaccented(text).str.extract_all(_WORD).list.sort().list.join(" "),
    "first_word": lambda text: unaccented(text).str.extract(rf"^[^\p{{L}}\p{{N}}]*({_WORD})"),
    "last_word": lambda text: unaccented(text).str.extract(rf"({_WORD})[^\p{{L}}\p{{N}}]*$"),
    "consonants": consonants,
    "year": lambda text: text.str.extract(r"([0-9]{4})"),
    "month_day": _month_day,
    "words": _words_of,
    "weeks": _weeks,
    "about": _about,
    "deletions": lambda text: deletions(bare(text)),
}


def columns_of(rule: Rule, *, is_left: bool) -> list[str]:
    """The columns of one side that the rule reads."""
    return [key.left if is_left else key.right for key in rule.keys]


def parse_key(text: str) -> Key:
    """`column`, `column:form`, or `left = right` columns with a form behind."""
    columns, _, name = text.partition(":")
    left, _, right = (part.strip() for part in columns.partition("="))
    return Key(left, right or left, name.strip() or "value")
