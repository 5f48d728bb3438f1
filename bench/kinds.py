"""Pairs a second that each kind of comparison takes: unequal pairs of 50,000 made-up values, a million at a time.

One core unless POLARS_MAX_THREADS says otherwise: `POLARS_MAX_THREADS=1 taskset -c 0 python bench/kinds.py`.
"""

import argparse
import statistics
import time
from collections.abc import Callable

import numpy as np
import polars as pl

from matching.engine.kinds import KINDS
from matching.standardise.units import tables

VALUES = 50_000
PAIRS = 1_000_000
Draw = Callable[[np.random.Generator], list[str]]
_SYLLABLES = (
    "nguyễn trần lê phạm hoàng huỳnh vũ võ phan trương bùi đặng đỗ ngô hồ dương văn thị minh ngọc thanh hồng quốc đức "
    "anh hùng lan hương mai tuấn dũng linh trang hà sơn tùng phúc long hải yến nhung thảo quỳnh vy khánh bảo châu"
)


def drawn(random: np.random.Generator, words: list[str], size: int, separator: str = " ") -> list[str]:
    """Texts of so many words, common ones more often."""
    at = (random.random((VALUES, size)) ** 2 * len(words)).astype(int)
    return [separator.join(words[place] for place in row) for row in at.tolist()]


def letters(random: np.random.Generator) -> list[str]:
    """Made-up words."""
    lengths = random.integers(3, 10, 20_000)
    return ["".join(map(chr, random.integers(97, 123, length))) for length in lengths]


def titles(random: np.random.Generator) -> list[str]:
    """Eight words and a code."""
    return [f"{text} kdl-{at}v" for at, text in enumerate(drawn(random, letters(random), 8))]


def people(random: np.random.Generator) -> list[str]:
    """Names of four words."""
    return drawn(random, _SYLLABLES.split(), 4)


def dates(random: np.random.Generator) -> list[str]:
    """Days of 80 years."""
    days = pl.Series(random.integers(-14_000, 15_000, VALUES)).cast(pl.Int32).cast(pl.Date)
    return days.cast(pl.String).to_list()


def numbers(random: np.random.Generator) -> list[str]:
    """Twelve digits."""
    return [f"0{number:011d}" for number in random.integers(0, 10**11, VALUES).tolist()]


def prices(random: np.random.Generator) -> list[str]:
    """Amounts of a shop."""
    return [f"{price:,.2f}" for price in random.lognormal(5, 2, VALUES).tolist()]


def enterprises(random: np.random.Generator) -> list[str]:
    """A legal form and two to three words."""
    forms = ("công ty tnhh", "công ty cổ phần", "cty tnhh mtv thương mại", "chi nhánh công ty tnhh")
    return [f"{forms[at % 4]} {name}" for at, name in enumerate(drawn(random, _SYLLABLES.split(), 3))]


def communes(random: np.random.Generator) -> list[str]:
    """Codes of all communes."""
    codes = tables.old_communes()["code"].to_list()
    return [codes[at] for at in random.integers(0, len(codes), VALUES).tolist()]


def authors(random: np.random.Generator) -> list[str]:
    """Four members of a set."""
    return drawn(random, letters(random), 4, "; ")


DRAWN: dict[str, Draw] = {
    "exact": numbers,
    "name": people,
    "date": dates,
    "identifier": numbers,
    "text": titles,
    "organisation": enterprises,
    "number": prices,
    "place": communes,
    "set": authors,
    "phonetic": people,
    "recordlinkage": people,
}
_SLOW = {"recordlinkage": 50}
"""How many times fewer pairs are enough."""


def measure(kind_name: str, runs: int) -> tuple[float, float]:
    """Values a second that are made comparable, and pairs a second that are levelled, of processor time."""
    random = np.random.default_rng(1)
    kind = KINDS[kind_name]({})
    raw = pl.Series("raw", DRAWN[kind_name](random))
    begun = time.process_time()
    values = raw.to_frame().select(kind.value(pl.col("raw"))).to_series()
    made = len(raw) / max(time.process_time() - begun, 1e-9)
    fitted = kind.fitted(values, values)
    asked = PAIRS // _SLOW.get(kind_name, 1)
    at = [pl.Series(random.integers(0, VALUES, asked)) for _ in range(2)]
    pairs = pl.DataFrame({"left": values.gather(at[0]), "right": values.gather(at[1])})
    pairs = pairs.drop_nulls().filter(pl.col("left") != pl.col("right"))
    spent = []
    for _ in range(runs):
        begun = time.process_time()
        fitted.level(pairs["left"], pairs["right"])
        spent.append(time.process_time() - begun)
    return made, pairs.height / max(statistics.median(spent), 1e-9)


def main() -> None:
    """Prints a line for each kind."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kinds", nargs="*", default=list(DRAWN), help="kinds to measure (all)")
    parser.add_argument("--runs", type=int, default=3, help="runs to take the median of (3)")
    asked = parser.parse_args()
    print(f"{'kind':<16}{'values/s':>14}{'pairs/s':>14}")
    for name in asked.kinds:
        made, pairs = measure(name, asked.runs)
        print(f"{name:<16}{made:14,.0f}{pairs:14,.0f}")


if __name__ == "__main__":
    main()
