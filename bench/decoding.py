"""How fast files in legacy encodings become text: `python bench/decoding.py`.

Optional: MEGABYTES (30) and RUNS (3). The text is the sample's dossiers with other names on every line, so that names
do not repeat line by line; capitals with tones are written small in TCVN3, as that table has no others. Prints the
median rate of detecting and decoding together.
"""

import itertools
import statistics
import sys
import time
import unicodedata
from collections.abc import Callable
from pathlib import Path

import polars as pl

from matching.standardise.code_tables import TCVN3, VNI
from matching.standardise.encodings import decode

SAMPLE = Path(__file__).parents[1] / "samples" / "drop" / "one-stop" / "2026-11-20" / "dossier.part1.csv"
_STRIDE = 7919
"""A prime: spreads the words."""
_TONES = "\u0300\u0301\u0303\u0309\u0323"


def text_of(megabytes: int) -> str:
    """The sample's lines, each time with names of three words drawn from all its names; the same for the same size."""
    sample = pl.read_csv(SAMPLE, infer_schema=False)
    words = sorted(set(" ".join(sample["ChuHoSo"].drop_nulls()).split()))
    drawn = (words[at * _STRIDE % len(words)] for at in itertools.count())
    block = sample.write_csv().encode()
    parts = []
    for _ in range(megabytes * 1_000_000 // len(block) + 1):
        names = [" ".join(itertools.islice(drawn, 3)) for _ in range(sample.height)]
        parts.append(sample.with_columns(ChuHoSo=pl.Series(names)).write_csv())
    return unicodedata.normalize("NFC", "".join(parts))


def in_tcvn3(text: str) -> bytes:
    """The text in TCVN3."""
    byte_of = {letter: byte for byte, letter in TCVN3.items()}
    capitals = {letter.upper(): byte for letter, byte in byte_of.items() if letter.islower()}
    return text.translate({ord(each): chr(byte) for each, byte in (capitals | byte_of).items()}).encode(
        "latin-1", errors="replace"
    )


def in_vni(text: str) -> bytes:
    """The text in VNI-Windows."""
    code_of = {ord(letter): code for code, letter in reversed(VNI.items())}
    return text.translate(code_of).encode("cp1252", errors="replace")


def in_windows_1258(text: str) -> bytes:
    """The text in Windows-1258: letters with their shape, tone marks behind them."""
    apart = {ord(each): _tone_behind(each) for each in set(text) if not each.isascii()}
    return text.translate(apart).encode("cp1258", errors="replace")


def _tone_behind(letter: str) -> str:
    marks = unicodedata.normalize("NFD", letter)
    bare = "".join(each for each in marks if each not in _TONES)
    return unicodedata.normalize("NFC", bare) + "".join(each for each in marks if each in _TONES)


TABLES: dict[str, Callable[[str], bytes]] = {"tcvn3": in_tcvn3, "vni": in_vni, "windows-1258": in_windows_1258}


def rate(data: bytes, runs: int) -> float:
    """Median megabytes a second."""
    seconds = []
    for _ in range(runs):
        begun = time.monotonic()
        decode(data)
        seconds.append(time.monotonic() - begun)
    return len(data) / 1e6 / statistics.median(seconds)


def main() -> None:
    """Runs the benchmark and prints its figures."""
    megabytes, runs = (int(each) for each in (*sys.argv[1:], *("30", "3")[len(sys.argv) - 1 :]))
    text = text_of(megabytes)
    for name, encode in TABLES.items():
        data = encode(text)
        print(f"{name:<14}{len(data) / 1e6:8.1f} MB{rate(data, runs):8.1f} MB/s")


if __name__ == "__main__":
    main()
