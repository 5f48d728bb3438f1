"""Why a linkage holds pairs for matches: its levels, bits and probabilities as explanations, or as sentences only."""

import polars as pl

from matching.engine import kin
from matching.engine.kinds import BLANK, kind_of
from matching.engine.link import Linked
from matching.engine.model import Field
from matching.engine.one_pair import Tables, weighed
from matching.engine.spec import Comparison, Spec
from matching.errors import PairError
from matching.explain import telling
from matching.explain.explanation import NEAR_ONE, Clue, Explanation, probability
from matching.explain.words import Words

_KIN = Words("họ hàng", "kin")
_LIKE_KIN = Words("nhiều cặp khác nhau cũng giống đến thế", "many pairs that are not the same agree as much")
_AT_ONCE = 200_000
"""Pairs told at a time."""


def explain(linked: Linked, spec: Spec, *, left_id: str, right_id: str) -> Explanation:
    """Of one pair that came near; PairError for any other."""
    pair = _near(linked, spec, left_id, right_id)
    if not pair.height:
        raise PairError(left_id, right_id)
    return Explanation(_clues_of(pair, linked, spec), linked.start_bits, pair["probability"][0])


def explain_any(linked: Linked, spec: Spec, tables: Tables, *, left_id: str, right_id: str) -> Explanation:
    """Of any pair of the tables; one that did not come near is weighed now, and seen alone.

    PairError where a table has no such record.
    """
    if _near(linked, spec, left_id, right_id).height:
        return explain(linked, spec, left_id=left_id, right_id=right_id)
    pair = weighed(tables, spec, linked.model, left_id=left_id, right_id=right_id)
    alone = probability(linked.start_bits + pair["bits"][0])
    return Explanation(_clues_of(pair, linked, spec), linked.start_bits, alone, is_alone=True)


def _near(linked: Linked, spec: Spec, left_id: str, right_id: str) -> pl.DataFrame:
    is_pair = _is_pair(left_id, right_id) | (spec.is_dedupe & _is_pair(right_id, left_id))
    return linked.pairs.filter(is_pair).head(1)


def _clues_of(pair: pl.DataFrame, linked: Linked, spec: Spec) -> tuple[Clue, ...]:
    compared = zip(spec.comparisons, linked.model.fields, strict=True)
    found = tuple(_clue(told, field) for each, field in compared if (told := _clues(pair, each, field)).height)
    taken = _of_kin(pair)["bits"].to_list()
    return (*found, *(Clue(kin.NAME, _KIN, kin.NAME, _LIKE_KIN, bits, None) for bits in taken))


def _of_kin(pairs: pl.DataFrame) -> pl.DataFrame:
    """CLUES of what kin take; none where the model has no kin."""
    column = f"{kin.NAME}_bits"
    if column not in pairs.columns:
        return pl.DataFrame(schema=telling.CLUES)
    bits = pl.col(column).cast(pl.Float64).alias("bits")
    told = pairs.select(bits, vi=pl.lit(_LIKE_KIN.vi), en=pl.lit(_LIKE_KIN.en), frequency=pl.lit(None, pl.Float64))
    return told.with_row_index("row").select(telling.CLUES.names())


def sentences(pairs: pl.DataFrame, linked: Linked, spec: Spec) -> tuple[pl.Series, pl.Series]:
    """Of each of these pairs of the linkage what speaks for and against it, in Vietnamese and in English."""
    parts = [_told(part, linked, spec) for part in pairs.iter_slices(_AT_ONCE) if part.height]
    empty = pl.DataFrame(schema={"vi": pl.String, "en": pl.String})
    found = pl.concat([empty, *parts])
    return found["vi"], found["en"]


def _told(pairs: pl.DataFrame, linked: Linked, spec: Spec) -> pl.DataFrame:
    compared = zip(spec.comparisons, linked.model.fields, strict=True)
    worth = pl.col("bits").abs() >= telling.LEAST_BITS
    clues = pl.concat(
        [
            *(_clues(pairs, each, field).filter(worth).select(telling.CLUES.names()) for each, field in compared),
            _of_kin(pairs).filter(worth),
        ]
    )
    return telling.sentences(clues, _rivals(pairs, linked))


def _rivals(pairs: pl.DataFrame, linked: Linked) -> pl.Series:
    """`Explanation.rivals` of each pair."""
    p, odds = pl.col("probability"), pl.col("bits") + linked.start_bits
    is_told = (1 - p >= NEAR_ONE) & (p > 0)
    taken = pl.min_horizontal((p / (1 - p)).log(2) - odds, 0.0)
    return pairs.select(pl.when(is_told).then(taken).otherwise(0.0)).to_series()


def _clues(pairs: pl.DataFrame, comparison: Comparison, field: Field) -> pl.DataFrame:
    """CLUES of one comparison with the `code` of the level; `row` is the place among the pairs."""
    meant = _meanings(comparison)
    said = pairs.select(code=pl.col(field.field), bits=pl.col(f"{field.field}_bits").cast(pl.Float64))
    place = pl.col("code").cast(pl.Int64) - 1
    u, counts, plain = (pl.lit(pl.Series(each)).gather(place) for each in (field.u, field.rarity, field.bits[1:]))
    return (
        said.with_row_index("row")
        .filter(pl.col("code") != BLANK)
        .with_columns(
            frequency=pl.when(counts > 0).then((u * (2.0 ** (plain - pl.col("bits")))).clip(upper_bound=1.0)),
            vi=pl.col("code").replace_strict({code: each.vi for code, each in meant.items()}, return_dtype=pl.String),
            en=pl.col("code").replace_strict({code: each.en for code, each in meant.items()}, return_dtype=pl.String),
        )
    )


def _meanings(comparison: Comparison) -> dict[int, Words]:
    """What each code means, the field named first."""
    name, levels = comparison.field, kind_of(comparison).levels
    return {len(levels) - place: Words(f"{name}: {each.vi}", f"{name}: {each.en}") for place, each in enumerate(levels)}


def _clue(found: pl.DataFrame, field: Field) -> Clue:
    """The clue of a single pair."""
    code, bits, frequency, vi, en = found.select("code", "bits", "frequency", "vi", "en").row(0)
    return Clue(field.field, Words(field.field, field.field), field.levels[code - 1], Words(vi, en), bits, frequency)


def _is_pair(left_id: str, right_id: str) -> pl.Expr:
    return (pl.col("left_id") == left_id) & (pl.col("right_id") == right_id)
