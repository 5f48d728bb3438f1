"""What becomes of names when clerks write them: the person's own, and those of the parents in the same hand."""

from collections.abc import Mapping

import numpy as np
import polars as pl

from bench.province.damage import Damaged
from bench.province.draws import Bools, Ints, happens
from bench.province.lexicon import NO_WORD, lexicon, unaccented_letters
from bench.province.settings import Dirt

_KEYBOARD = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_NEIGHBOUR = {a: b for row in _KEYBOARD for a, b in zip(row, row[1:] + row[-2], strict=True)}
_SLIPS = ("left_out", "doubled", "neighbour", "exchanged", "unmarked")


def names(rng: np.random.Generator, people: pl.DataFrame, words: Ints, dirt: Dirt) -> Damaged:
    """`full_name` of the rows of words; `mother_name` and `father_name` of people."""
    words, befell = _rewritten(rng, words, dirt)
    full, befell["name_slip"] = slipped(rng, lexicon().name(words), dirt.name_slip)
    mother, befell["mother_slip"] = slipped(rng, people["mother_name"], dirt.mother_slip)
    father, befell["father_slip"] = slipped(rng, people["father_name"], dirt.father_slip)
    written = pl.DataFrame({"full_name": full, "mother_name": mother, "father_name": father})
    known = written.select(pl.all().is_not_null(), has_accent=pl.col("full_name").str.contains("[^ -~]"))
    for damage, rate, can in (
        ("mother_missing", dirt.mother_missing, "mother_name"),
        ("father_missing", dirt.father_missing, "father_name"),
        ("name_unaccented", dirt.name_unaccented, "has_accent"),
        ("name_capitals", dirt.name_capitals, "full_name"),
    ):
        befell[damage] = happens(rng, rate, people.height) & known[can].to_numpy()
    for role in ("mother", "father"):
        befell[f"{role}_slip"] &= ~befell[f"{role}_missing"]
    return Damaged(_in_one_hand(_without_missing(written, befell), befell), befell)


def _without_missing(written: pl.DataFrame, befell: Mapping[str, Bools]) -> pl.DataFrame:
    return written.with_columns(
        pl.when(pl.Series(~befell[f"{role}_missing"])).then(f"{role}_name").alias(f"{role}_name")
        for role in ("mother", "father")
    )


def _in_one_hand(written: pl.DataFrame, befell: Mapping[str, Bools]) -> pl.DataFrame:
    """All names of a record with accents or without, in capitals or not."""
    plain = pl.all().str.replace_many(unaccented_letters())
    written = written.select(pl.when(pl.Series(befell["name_unaccented"])).then(plain).otherwise(pl.all()))
    return written.select(
        pl.when(pl.Series(befell["name_capitals"])).then(pl.all().str.to_uppercase()).otherwise(pl.all())
    )


def _rewritten(rng: np.random.Generator, words: Ints, dirt: Dirt) -> tuple[Ints, dict[str, Bools]]:
    """What happens to whole words, one after the other: later damages see what earlier ones left."""
    table, befell = lexicon(), {}
    for damage, rate, other in (
        ("name_doublet", dirt.name_doublet, table.doublet),
        ("name_hook_tilde", dirt.name_hook_tilde, table.hook_tilde),
    ):
        changed = other[words]
        befell[damage] = happens(rng, rate, len(words)) & (changed != words).any(axis=1)
        words = np.where(befell[damage][:, None], changed, words)
    has_middle = (words[:, 1:3] != NO_WORD).any(axis=1)
    befell["name_abbreviated"] = happens(rng, dirt.name_abbreviated, len(words)) & has_middle
    middle = np.where(befell["name_abbreviated"][:, None], table.initial[words[:, 1:3]], words[:, 1:3])
    words = np.column_stack([words[:, 0], middle, words[:, 3]])
    befell["name_reordered"] = happens(rng, dirt.name_reordered, len(words)) & (words[:, 0] != words[:, 3])
    is_given_first = happens(rng, 0.5, len(words))[:, None]
    order = np.where(is_given_first, words[:, [3, 0, 1, 2]], words[:, [1, 2, 3, 0]])
    return np.where(befell["name_reordered"][:, None], order, words), befell


def slipped(rng: np.random.Generator, texts: pl.Series, rate: float) -> tuple[pl.Series, Bools]:
    """The texts, some with one slip of the hand at a letter; and which have one."""
    hit = np.flatnonzero(happens(rng, rate, len(texts)) & texts.is_not_null().to_numpy())
    told = texts.gather(hit)
    at = (rng.random(len(hit)) * (told.str.len_chars().cast(pl.Float64).to_numpy() - 1)).astype(np.int64)
    frame = pl.DataFrame({"text": told, "at": at, "slip": rng.integers(0, len(_SLIPS), len(hit))})
    frame = frame.with_columns(written=_with_slip())
    slipped_texts = texts.clone().scatter(hit, frame["written"])
    return slipped_texts, (slipped_texts.ne_missing(texts)).to_numpy()


def _with_slip() -> pl.Expr:
    text, at = pl.col("text"), pl.col("at")
    before, letter, after = text.str.slice(0, at), text.str.slice(at, 1), text.str.slice(at + 1)
    made = {
        "left_out": before + after,
        "doubled": before + letter + letter.str.to_lowercase() + after,
        "neighbour": before + letter.str.to_lowercase().str.replace_many(_NEIGHBOUR) + after,
        "exchanged": before + after.str.slice(0, 1) + letter + after.str.slice(1),
        "unmarked": before + letter.str.replace_many(unaccented_letters()) + after,
    }
    # A plain letter has no mark to lose, and a slip at a space runs two words together.
    written = pl.coalesce(pl.when(pl.col("slip") == place).then(made[each]) for place, each in enumerate(_SLIPS))
    return pl.when(letter == " ").then(before + after).when(written == text).then(made["left_out"]).otherwise(written)
