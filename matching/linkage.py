"""The whole way of linking, as a table of contents: records and a register in, an answer for every role out."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial

import polars as pl

from matching import learning
from matching.block import relative_rules
from matching.compare import with_support
from matching.contrary import speaks_against
from matching.coverage import missed_in_blocking
from matching.decide import decide
from matching.kept import Kept, Memory, Shelf
from matching.learnt import STATED, Learnt
from matching.marks import SAID, WHOSE, mark_entries, mark_profiles
from matching.mentions import mentions
from matching.occurrences import occurrences
from matching.pairs import Found, candidates
from matching.reasons import Status
from matching.recall import Levels, Recalled
from matching.register import PREPARED, prepare
from matching.schemas import DECISIONS, REGISTER, check
from matching.settled import number_holders
from matching.support import support_of_the_open
from matching.verdicts import barred, labels_of, obey
from matching.world import Report, World

_LEARNT_FROM = 200_000
"""Profiles that a model is learnt from at most."""
_SEED = 1


@dataclass(frozen=True, slots=True)
class Effort:
    """How much of one register's matching was done anew."""

    reference: str
    memory: Memory
    """Whether the night before was remembered, or why not."""
    profiles: int
    """Ways of naming somebody, however many records name them so."""
    profiles_anew: int
    """Those that the night before did not know."""
    entries: int
    entries_anew: int
    pairs: int
    """Pairs that were weighed."""
    pairs_compared: int
    """Those of them that were compared anew."""

    @classmethod
    def of(cls, reference: str, recalled: Recalled, left: Kept, compared: int) -> "Effort":
        """Of a night that recalled so much and left so much."""
        known = recalled.kept
        return cls(
            reference=reference,
            memory=known.memory,
            profiles=left.profiles.height,
            profiles_anew=left.profiles.height - known.profiles.height,
            entries=left.entries.height,
            entries_anew=left.entries.height - known.entries.height,
            pairs=left.levels.height,
            pairs_compared=compared,
        )


@dataclass(frozen=True, slots=True)
class Night:
    """What a night of matching gives."""

    decisions: pl.DataFrame
    """As DECISIONS: of all records, changed or not."""
    efforts: tuple[Effort, ...]
    occurrences: pl.DataFrame
    """As OCCURRENCES: whom the records name, apart from any register."""
    contrary: pl.DataFrame
    """As CONTRARY: what speaks against the verdicts that were obeyed."""


def link(
    records: Mapping[str, pl.LazyFrame],
    registers: Mapping[str, pl.LazyFrame],
    *,
    verdicts: pl.DataFrame | None = None,
    model: Learnt | None = None,
    progress: Report | None = None,
) -> pl.DataFrame:
    """DECISIONS for every role of every record: whom it means in the population or the business register, and why.

    `model` tells the shares of levels among matches; without one the stated ones stand.
    """
    return link_night(records, registers, verdicts=verdicts, model=model, progress=progress).decisions


def link_night(
    records: Mapping[str, pl.LazyFrame],
    registers: Mapping[str, pl.LazyFrame],
    *,
    shelf: Shelf | None = None,
    verdicts: pl.DataFrame | None = None,
    model: Learnt | None = None,
    progress: Report | None = None,
) -> Night:
    """The same as `link`, to the last digit; what has not changed since the last night of the shelf is not compared.

    What is kept there follows from records and registers alone, so it is as good after a run that did not publish.
    """
    everyone, given = mentions(records), _Given(verdicts, model or Learnt(), progress)
    kept = shelf.read(STATED) if shelf else {}
    answers = [_link_to(name, everyone, registers, given, kept.get(name)) for name in STATED]
    if shelf:
        shelf.write({name: each.left for name, each in zip(STATED, answers, strict=True) if each.left})
    decided = obey(pl.concat([each.decided for each in answers]), verdicts)
    efforts = tuple(each.effort for each in answers if each.effort)
    return Night(
        decided.sort("dataset", "record_id", "role"),
        efforts,
        occurrences(everyone),
        pl.concat([each.contrary for each in answers]),
    )


@dataclass(frozen=True, slots=True)
class _Given:
    """What people and models say beside the data."""

    verdicts: pl.DataFrame | None
    model: Learnt
    progress: Report | None

    def world(self, reference: str, register: pl.DataFrame, bars: pl.DataFrame) -> World:
        """The register seen by this model."""
        return World.of(reference, register, bars, self.model, self.progress)


def learn(
    records: Mapping[str, pl.LazyFrame], registers: Mapping[str, pl.LazyFrame], *, verdicts: pl.DataFrame | None = None
) -> Learnt:
    """The model learnt from what `link` would compare."""
    everyone, given = mentions(records), _Given(verdicts, Learnt(), None)
    return learning.learn(
        [learning.Pairs(name, _pairs_of(name, everyone, _register(name, registers)[0], given)) for name in STATED]
    )


def _pairs_of(reference: str, everyone: pl.DataFrame, register: pl.DataFrame, given: _Given) -> pl.DataFrame:
    """The frame of `learning.Pairs`: of so many profiles at most, chosen by what they say."""
    asked = everyone.filter(pl.col("reference") == reference)
    profiled, bars = _profiled(asked, register, barred(given.verdicts))
    profiles = check_profiles(profiled).sort(pl.col("profile").hash(_SEED), "profile").head(_LEARNT_FROM)
    # What a steward called different is compared all the same here: it is counted for what it is.
    world = given.world(reference, register, bars.clear())
    pairs = world.blocked(profiles, world.repaired(profiles)).pairs
    levels = world.levels(profiles, Kept.empty(STATED[reference]).levels)
    parts = [learning.compared(each, STATED[reference]) for each in world.weighed(pairs, levels)]
    labels = _labels(profiled, register, given)
    return learning.labelled(pl.concat([learning.no_pairs(STATED[reference]), *parts]), labels)


def decided_pairs(
    records: Mapping[str, pl.LazyFrame], registers: Mapping[str, pl.LazyFrame], *, verdicts: pl.DataFrame
) -> dict[str, pl.DataFrame]:
    """Per register the pairs that stewards decided: a level code per field, and `is_same`."""
    everyone, given = mentions(records), _Given(verdicts, Learnt(), None)
    found = {}
    for name in STATED:
        register, _ = _register(name, registers)
        profiled, bars = _profiled(everyone.filter(pl.col("reference") == name), register, barred(verdicts))
        labels = _labels(profiled, register, given)
        profiles = check_profiles(profiled).join(labels, on="profile", how="semi")
        pairs = labels.join(profiles, on="profile", how="semi").select("profile", "target").unique()
        world, compared = given.world(name, register, bars.clear()), STATED[name]
        weighed = world.weighed(pairs, world.levels(profiles, Kept.empty(compared).levels))
        parts = [learning.no_pairs(compared), *(learning.compared(each, compared) for each in weighed)]
        found[name] = learning.labelled(pl.concat(parts), labels).drop_nulls("is_same")
    return found


def _labels(profiled: pl.DataFrame, register: pl.DataFrame, given: _Given) -> pl.DataFrame:
    """[profile, target, is_match] as stewards decided."""
    place, targets = ["record_id", "role"], register.select("target", "reference_id")
    told = labels_of(given.verdicts).join(profiled.select(*place, "profile"), on=place)
    return told.join(targets, on="reference_id").select("profile", "target", "is_match")


def _register(
    name: str, registers: Mapping[str, pl.LazyFrame], known: pl.DataFrame | None = None
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """REGISTER, and its rows as they are kept; nothing of a register that is not there."""
    nothing = PREPARED.to_frame()
    if name not in registers:
        return REGISTER.to_frame(), nothing
    return prepare(name, registers[name], nothing if known is None else known)


@dataclass(frozen=True, slots=True)
class _Answer:
    """The decisions about one register; where nights are kept, also what this one leaves, and what it took."""

    decided: pl.DataFrame
    contrary: pl.DataFrame
    """CONTRARY"""
    left: Kept | None = None
    effort: Effort | None = None


def _link_to(
    reference: str,
    everyone: pl.DataFrame,
    registers: Mapping[str, pl.LazyFrame],
    given: _Given,
    kept: Kept | None,
) -> _Answer:
    register, prepared = _register(reference, registers, kept.prepared if kept else None)
    asked = everyone.filter(pl.col("reference") == reference)
    profiled, bars = _profiled(asked, register, barred(given.verdicts))
    profiles = check_profiles(profiled)
    world = given.world(reference, register, bars)
    world.report(
        f"{asked.height} lượt nêu · mentions, {profiles.height} cách nêu · profiles, {register.height} mục · entries"
    )
    recalled = None
    if kept:
        told = replace(kept, prepared=prepared)
        recalled = Recalled.of(told, mark_profiles(profiles, register), mark_entries(register))
    cascade = _Cascade.of(world, profiles, recalled)
    decided = decide(profiled, cascade.edges)
    _report_missed(world, decided, cascade.found.counted)
    if world.is_of_persons:
        decided = decide(profiled, _second_look(world, profiled, cascade, decided))
    named = decided.join(register.select("target", "reference_id"), on="target", how="left", maintain_order="left")
    answered = check(named.with_columns(model=pl.lit(given.model.name)), DECISIONS)
    contrary = speaks_against(world, profiled, profiles, given.verdicts, answered)
    if recalled is None:
        return _Answer(answered, contrary)
    left = cascade.left(recalled)
    return _Answer(answered, contrary, left, Effort.of(reference, recalled, left, cascade.levels.compared))


@dataclass(frozen=True, slots=True)
class _Cascade:
    """The edges of all profiles, and how they came to be."""

    edges: pl.DataFrame
    """EDGES: first of whom a confirmed number settles, then by blocking of all others."""
    levels: Levels
    rest: pl.DataFrame
    """The profiles that no number settled."""
    repaired: pl.DataFrame
    """[profile, sorted_words]: names tried in the place of damaged ones."""
    found: Found

    @classmethod
    def of(cls, world: World, profiles: pl.DataFrame, recalled: Recalled | None) -> "_Cascade":
        """The cascade of the profiles; what is recalled is not done again."""
        levels = world.levels(profiles, (recalled.kept if recalled else Kept.empty(STATED[world.reference])).levels)
        first = world.edges(number_holders(profiles, world.register), levels)
        settled = first.join(first.filter("is_settled"), on="profile", how="semi")
        rest = profiles.join(settled, on="profile", how="anti")
        world.report(
            f"{profiles.height - rest.height} nối theo số · settled by a number, {rest.height} còn lại · to block"
        )
        repaired = world.repaired(rest)
        before = recalled.before(rest, _as_text(repaired)) if recalled else None
        found = world.blocked(rest, repaired, before)
        edges = world.edges(found.pairs, levels)
        return cls(pl.concat([settled, edges]), levels, rest, repaired, found)

    def left(self, recalled: Recalled) -> Kept:
        """What the next night may recall."""
        return recalled.left(self.rest, _as_text(self.repaired), self.levels, self.found)


def _as_text(repaired: pl.DataFrame) -> pl.DataFrame:
    """[profile, repaired]: all repaired names of a profile as one text."""
    joined = pl.col("sorted_words").sort().str.join(";")
    return repaired.group_by("profile").agg(repaired=joined).sort("profile")


def _second_look(world: World, profiled: pl.DataFrame, cascade: _Cascade, decided: pl.DataFrame) -> pl.DataFrame:
    """EDGES once more for who is open, with what firm links say: phones and e-mails, parents, spouses and children.

    Relatives may settle who is meant, never raise a question: parents are shared by all their children.
    """
    edges, support = cascade.edges, support_of_the_open(decided, world.register)
    again = check_profiles(profiled).join(support.profiles, on="profile", how="semi")
    seen = edges.join(again, on="profile", how="semi").select("profile", "target")
    related, _ = candidates(relative_rules(support.named(again), world.register))
    pairs = pl.concat([seen, support.contacts, related]).unique()
    told = partial(with_support, profiles=again, register=world.register, support=support)
    better = world.edges(pairs, cascade.levels, told)
    asked = profiled.join(again, on="profile", how="semi")
    linked = decide(asked, better).filter(pl.col("status") == Status.LINKED.value)
    moved = pl.concat([linked.select("profile"), support.contacts.select("profile")])
    return pl.concat([edges.join(moved, on="profile", how="anti"), better.join(moved, on="profile", how="semi")])


def _report_missed(world: World, decided: pl.DataFrame, found: pl.DataFrame) -> None:
    linked, missed = missed_in_blocking(decided, found)
    share = linked / (linked + missed) if linked else 1.0
    found_of = f"nhiều nhất {share:.1%} số có trong sổ gốc · at most {share:.1%} of those in the register"
    world.report(f"{linked} nối theo khóa chọn cặp · linked by blocking, {found_of}")


def _profiled(asked: pl.DataFrame, register: pl.DataFrame, bars: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """RECORDS with `profile`, equal for records that say the same, and the barred pairs [profile, target].

    A record with a barred pair has a profile of its own: what one steward said of one record binds that record only.
    """
    has_bar = asked.join(bars, on=["record_id", "role"], how="semi")["mention"]
    alone = pl.when(pl.col("mention").is_in(has_bar.implode())).then("mention")
    marked = asked.with_columns(alone=alone)
    profiled = marked.with_columns(
        profile=pl.struct(*SAID, "alone").rank("dense").cast(pl.UInt32) if asked.height else pl.lit(0, pl.UInt32)
    ).drop("alone")
    targets = register.select("target", "reference_id")
    pairs = bars.join(profiled.select("record_id", "role", "profile"), on=["record_id", "role"]).join(
        targets, on="reference_id"
    )
    return profiled, pairs.select("profile", "target")


def check_profiles(profiled: pl.DataFrame) -> pl.DataFrame:
    """One row per profile that names somebody and still stands."""
    standing = profiled.filter(pl.col("is_named") & ~pl.col("is_withdrawn"))
    return standing.drop(*WHOSE).unique(subset="profile", keep="any").sort("profile")
