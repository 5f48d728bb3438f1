"""Finds out in which legacy code table a file is, and how sure that is.

Every single-byte table reads any bytes as something, so tables are judged by what they read: which words with marks are
possible Vietnamese syllables. Few words prove little: the confidence is low where another table reads them as well, or
where it may be none of them.
"""

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from matching.standardise import legacy
from matching.standardise.syllables import is_syllable

TABLES: Mapping[str, Callable[[bytes], str]] = MappingProxyType(
    {
        "windows-1258": legacy.decode_windows_1258,
        "tcvn3": legacy.decode_tcvn3,
        "vni": legacy.decode_vni,
        "viscii": legacy.decode_viscii,
    }
)
"""The tables that are recognised. VISCII is rare, but left out it would pass for Windows-1258 in short files."""
MIN_CONFIDENCE = 0.75
"""Below this no table is believed and the delivery must declare its encoding."""

_SAMPLE_BYTES = 100_000
_WORD = re.compile(r"[^\W\d_]+")
# Of the distinct marked words of the sample dossiers, written in each table: 0.94 to 0.95 are syllables when read with
# the right table, 0.08 to 0.35 with a wrong one.
_RIGHT, _WRONG = 0.94, 0.35
_FOR = math.log(_RIGHT / _WRONG)
_AGAINST = math.log((1 - _RIGHT) / (1 - _WRONG))


@dataclass(frozen=True, slots=True)
class Fit:
    """How well a table fits the bytes."""

    table: str
    share: float
    """Share of the words with marks that are possible syllables."""
    confidence: float
    """The share times the probability that it is this table, not another one, and not one that is unknown here."""


def marked_words(text: str) -> list[str]:
    """The words with letters beyond ASCII."""
    return [word for word in _WORD.findall(text) if not word.isascii()]


def syllable_share(words: list[str]) -> float:
    """Share of the words that are possible Vietnamese syllables; 1 where there are none."""
    return sum(map(is_syllable, words)) / len(words) if words else 1.0


def fits(data: bytes) -> tuple[Fit, ...]:
    """How well each table fits, the best first."""
    sample = _sample(data)
    words = {table: marked_words(read(sample)) for table, read in TABLES.items()}
    shares = {table: syllable_share(each) for table, each in words.items()}
    return tuple(sorted(weighed(words, shares), key=lambda fit: -fit.confidence))


def recognised(columns: Mapping[int, bytes]) -> dict[int, Fit]:
    """The table of each column of one file that is sure: by the column's own words or, where they are too few, by those
    of all columns, if every sure column and every word of this one agrees with it.
    """
    best = {at: fits(data)[0] for at, data in columns.items()}
    sure = {at: fit for at, fit in best.items() if fit.confidence >= MIN_CONFIDENCE}
    common = fits(b"\n".join(columns.values()))[0]
    if common.confidence < MIN_CONFIDENCE or any(fit.table != common.table for fit in sure.values()):
        return sure
    return {at: common for at, data in columns.items() if _reads_all(data, common.table)} | sure


def _reads_all(data: bytes, table: str) -> bool:
    words = marked_words(TABLES[table](_sample(data)))
    return bool(words) and syllable_share(words) == 1.0


def weighed(words: Mapping[str, list[str]], shares: Mapping[str, float]) -> tuple[Fit, ...]:
    """How well each table fits by the words with marks that it reads, and by its share of what is right."""
    odds = {table: _log_odds(set(each)) for table, each in words.items()}
    # Read with any table, the words of an unknown one are syllables as often as chance has it: its odds are even.
    highest = max(0.0, *odds.values())
    weights = {table: math.exp(each - highest) for table, each in odds.items()}
    total = sum(weights.values()) + math.exp(-highest)
    return tuple(Fit(table, shares[table], shares[table] * weights[table] / total) for table in words)


def _log_odds(words: set[str]) -> float:
    fitting = sum(map(is_syllable, words))
    return fitting * _FOR + (len(words) - fitting) * _AGAINST


def _sample(data: bytes) -> bytes:
    """Lines with marks from all over the file, so that a long plain beginning or a lone odd part decides nothing."""
    lines = [line for line in data.split(b"\n") if not line.isascii()]
    every = sum(map(len, lines)) // _SAMPLE_BYTES + 1
    return b"\n".join(lines[::every])
