"""`number`: amounts, prices and measures, equal or near within tolerances."""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from matching.engine.kinds.base import Kind, Level, chosen
from matching.engine.kinds.options import Options
from matching.engine.spec import Option

_TOLERANCES = (0.001, 0.01, 0.05, 0.2)
_CURRENCY = r"(?i)[$€£¥₫]|\b(?:vnd|vnđ|usd|eur|gbp|jpy|đồng|đ)\b\.?"
_PLAIN = r"^[+-]?[0-9]+(?:\.[0-9]+)?(?:e[+-]?[0-9]{1,3})?$"
_ROUNDING = 1e-9
"""Share of a tolerance that floating point may take: 1.1 and 1.0 differ by no more than 0.1."""


@dataclass(frozen=True, slots=True)
class Number:
    """Levels of agreement by the difference, as a share of the larger number or as it is."""

    levels: tuple[Level, ...]
    tolerances: tuple[float, ...]
    is_absolute: bool = False
    decimal: str = "."
    is_weighed_by_frequency: bool = True

    def value(self, raw: pl.Expr) -> pl.Expr:
        """`1,299.00`, `$12.5`, `1.299.000`, `12,5`, `1 299 đ`, and columns that are numbers; else null."""
        return raw.map_batches(lambda values: parsed(values, self.decimal), pl.Float64, is_elementwise=True)

    def fitted(self, _left: pl.Series, _right: pl.Series) -> Kind:
        """Needs nothing of the data."""
        return self

    def level(self, left: pl.Series, right: pl.Series) -> pl.Series:
        """Codes of the smallest tolerance that the difference keeps."""
        gap = (pl.col("left") - pl.col("right")).abs()
        size = pl.lit(1.0) if self.is_absolute else pl.max_horizontal(pl.col("left", "right").abs())
        best = len(self.levels) - 1
        cases = [
            (pl.col("gap") <= each * (1 + _ROUNDING) * pl.col("size"), best - at)
            for at, each in enumerate(self.tolerances)
        ]
        pairs = pl.DataFrame({"left": left, "right": right}).select(gap=gap, size=size)
        return pairs.select(chosen(cases)).to_series()


def parsed(values: pl.Series, decimal: str) -> pl.Series:
    """The numbers that the texts are; null for a text that is none, or could be several."""
    if values.dtype.is_numeric():
        return _finite(values.cast(pl.Float64))
    plain = values.cast(pl.String).str.strip_chars().str.to_lowercase()
    numbers = pl.select(pl.when(plain.str.contains(_PLAIN)).then(plain)).to_series().cast(pl.Float64, strict=False)
    rows = (_is_doubtful(numbers, plain, decimal)).arg_true()
    return _finite(numbers.scatter(rows, _read(plain.gather(rows), decimal)) if len(rows) else numbers)


def _is_doubtful(numbers: pl.Series, plain: pl.Series, decimal: str) -> pl.Series:
    """Texts that need more than a cast: among them "1.299" where a point parts thousands."""
    is_open = numbers.is_null() & plain.is_not_null()
    return is_open | plain.str.contains(".", literal=True).fill_null(False) if decimal == "," else is_open


def _read(texts: pl.Series, decimal: str) -> pl.Series:
    """By the marks: of two kinds the last is the decimal; one that stands several times parts thousands.

    One mark before three digits parts thousands unless it is the column's decimal mark.
    """
    bare = pl.col("text").str.replace_all(_CURRENCY, "").str.replace_all(r"^([+-]?)\s+|\s+$", "${1}")
    grouped = pl.col("bare").str.replace_all(r"(\d)[\s\u00a0'](\d{3})\b", "${1}${2}")
    grouped = grouped.str.replace_all(r"(\d)[\s\u00a0'](\d{3})\b", "${1}${2}")
    other = "," if decimal == "." else "."
    cases = [
        (rf"^[+-]?[0-9]{{1,3}}(?:{_mark(mark)}[0-9]{{3}})+{_mark(point)}[0-9]+$", point) for mark, point in (",.", ".,")
    ]
    cases += [(rf"^[+-]?[0-9]{{1,3}}(?:{_mark(mark)}[0-9]{{3}}){{2,}}$", _opposite(mark)) for mark in ",."]
    cases += [(rf"^[+-]?[0-9]{{1,3}}{_mark(other)}[0-9]{{3}}$", decimal)]
    cases += [(rf"^[+-]?[0-9]+(?:{_mark(mark)}[0-9]+)?(?:e[+-]?[0-9]{{1,3}})?$", mark) for mark in (decimal, other)]
    read = pl.coalesce(pl.when(pl.col("bare").str.contains(shape)).then(_with_point(point)) for shape, point in cases)
    frame = texts.alias("text").to_frame().select(bare=bare).with_columns(bare=grouped)
    return frame.select(read.cast(pl.Float64, strict=False)).to_series()


def _mark(mark: str) -> str:
    return rf"\{mark}"


def _opposite(mark: str) -> str:
    return "," if mark == "." else "."


def _with_point(point: str) -> pl.Expr:
    """The text as Python writes numbers, `point` being its decimal mark."""
    return pl.col("bare").str.replace_all(_opposite(point), "", literal=True).str.replace(point, ".", literal=True)


def _finite(numbers: pl.Series) -> pl.Series:
    """Without infinities; one zero, so that -0 equals it."""
    return pl.select(pl.when(numbers == 0).then(0.0).when(numbers.is_finite()).then(numbers)).to_series()


def _levels(tolerances: tuple[float, ...], *, is_absolute: bool) -> tuple[Level, ...]:
    return (
        Level("exact", "bằng nhau", "equal", rarity=1.0),
        *(_level(each, is_absolute=is_absolute) for each in tolerances),
        Level("different", "khác nhau", "different"),
    )


def _level(tolerance: float, *, is_absolute: bool) -> Level:
    size = f"{tolerance:.12g}" if is_absolute else f"{tolerance * 100:.12g} %"
    local = size.replace(".", ",")
    return Level(f"within_{size.removesuffix(' %')}", f"lệch không quá {local}", f"differ by no more than {size}")


def make(options: Mapping[str, Option]) -> Kind:
    """Options: `tolerances` (shares, from low to high) or `absolute` (differences), `decimal`, `frequency` (true)."""
    read = Options("number", options, ("tolerances", "absolute", "decimal", "frequency"))
    is_absolute = "absolute" in options
    if is_absolute and "tolerances" in options:
        vi, en = "khóa duy nhất, không kèm tolerances", "given without tolerances, or tolerances without it"
        raise read.wrong("absolute", vi, en)
    tolerances = read.growing("absolute" if is_absolute else "tolerances", _TOLERANCES)
    decimal = read.choice("decimal", ".", (".", ","))
    levels = _levels(tolerances, is_absolute=is_absolute)
    return Number(levels, tolerances, is_absolute, decimal, read.flag("frequency", True))
