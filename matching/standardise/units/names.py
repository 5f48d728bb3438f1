"""Comparable names of units: without accents, apostrophes and variants of spelling, and apart from the unit's type."""

import polars as pl

_TYPES = r"(?i)^(Thành phố|Thị xã|Thị trấn|Đặc khu|Tỉnh|Quận|Huyện|Phường|Xã) "
_UNIT_TYPES = {
    "phuong": "phuong", "p": "phuong", "f": "phuong", "xa": "xa", "x": "xa", "thi tran": "thi tran", "tt": "thi tran",
    "dac khu": "dac khu",
}  # fmt: skip
COMMUNE_TYPES = pl.DataFrame({"prefix": list(_UNIT_TYPES), "type": list(_UNIT_TYPES.values())})
"""How the type of a commune is written before its name, without accents."""

_TONE_WITHIN = r"([\x{300}\x{301}\x{303}\x{309}\x{323}])([\p{L}\x{302}\x{306}\x{31b}]+)"


def unaccented(text: pl.Expr) -> pl.Expr:
    """Lower-case text without accents; the number of words stays."""
    plain = text.str.to_lowercase().str.normalize("NFD").str.replace_all(r"\p{M}", "")
    return plain.str.replace_all("đ", "d", literal=True)


def spelling(words: pl.Expr) -> pl.Expr:
    """Unaccented words with i for a final y, digits for Roman numerals, no leading zeros; the number of words stays."""
    return (
        words.str.replace_all(r"([bcdghklmnpqrstvx]u?)y\b", "${1}i")
        .str.replace_all(r"\biii\b", "3")
        .str.replace_all(r"\bii\b", "2")
        .str.replace_all(r"\b0+([1-9])", "$1")
        .str.replace_all(r"\bdak\b", "dac")
    )


def bare(name: pl.Expr) -> pl.Expr:
    """The official name without the type before it."""
    return name.str.replace(_TYPES, "")


def unit_type(name: pl.Expr) -> pl.Expr:
    """The type before an official name, without accents: "phuong", "thi xa", "tinh"."""
    return unaccented(name.str.extract(_TYPES))


def name_key(name: pl.Expr) -> pl.Expr:
    """What a written name is looked up by; a hyphen between two names counts as a word, as it does in addresses."""
    plain = unaccented(name).str.replace_all(r"['’ʼ`´]\s?", "").str.replace_all(r"\.", " ")
    plain = plain.str.replace_all(r"\s*[-–,]\s*", " , ")
    return spelling(plain.str.replace_all(r"\s+", " ").str.strip_chars())


def spoken(text: pl.Expr) -> pl.Expr:
    """Lower-case words between spaces, comparable in both styles of tone placement: the tone ends its word."""
    words = text.str.normalize("NFD").str.replace_all(_TONE_WITHIN, "${2}${1}").str.replace_all(r"['’ʼ`´]\s?", "")
    return pl.concat_str(pl.lit(" "), words.str.replace_all(r"\s*[-–,]\s*", " , "), pl.lit(" "))


def run_together(key: pl.Expr) -> pl.Expr:
    """A key without spaces, in which a y that followed a consonant is an i wherever it stands."""
    together = key.str.replace_all("[ ,]", "").str.replace_all(r"([bcdghklmnpqrstvx]u?)y", "${1}i")
    return together.str.replace_all("dak", "dac", literal=True)


def bare_key(name: pl.Expr) -> pl.Expr:
    """The key of a commune's name written with its type or without, accented or not."""
    return name_key(name).str.replace(r"^(phuong|xa|thi tran|dac khu|p|x|tt) ", "")
