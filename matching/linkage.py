"""The whole way of linking, as a table of contents: records and a register in, an answer for every role out."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import polars as pl

from matching import learning
from matching import register as registers_of
from matching.block import enterprise_finer, enterprise_rules, person_finer, person_rules, relative_rules
from matching.companies import compare_enterprises
from matching.compare import compare_persons
from matching.coverage import missed_in_blocking
from matching.decide import decide
from matching.edges import enterprise_edges, person_edges
from matching.learnt import STATED, Learnt
from matching.mentions import mentions
from matching.pairs import candidates
from matching.reasons import Status
from matching.schemas import CANDIDATES, DECISIONS, EDGES, RECORDS, REGISTER, check
from matching.settled import number_holders
from matching.support import Support, support_of_the_open
from matching.twins import twins, with_twins
from matching.verdicts import barred, labels_of, obey
from matching.weigh import enterprise_bits, person_bits, total

_CHUNK = 200_000
"""Profiles compared at a time, so that memory does not grow with the number of records."""
_WHOSE = ("mention", "dataset", "record_id", "role", "is_withdrawn", "event_date")
"""Columns that say which record it is; all others say whom it means."""

_LEARNT_FROM = 200_000
"""Profiles that a model is learnt from at most."""
_SEED = 1

Report = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class _Given:
    """What people and models say beside the data."""

    verdicts: pl.DataFrame | None
    model: Learnt
    progress: Report | None


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
    everyone, given = mentions(records), _Given(verdicts, model or Learnt(), progress)
    answers = [_link_to(name, everyone, _register(name, registers), given) for name in STATED]
    return obey(pl.concat(answers), verdicts).sort("dataset", "record_id", "role")


def learn(
    records: Mapping[str, pl.LazyFrame], registers: Mapping[str, pl.LazyFrame], *, verdicts: pl.DataFrame | None = None
) -> Learnt:
    """The model learnt from what `link` would compare."""
    everyone, given = mentions(records), _Given(verdicts, Learnt(), None)
    return learning.learn(
        [learning.Pairs(name, _pairs_of(name, everyone, _register(name, registers), given)) for name in STATED]
    )


def _pairs_of(reference: str, everyone: pl.DataFrame, register: pl.DataFrame, given: _Given) -> pl.DataFrame:
    """The frame of `learning.Pairs`: of so many profiles at most, chosen by what they say."""
    asked = everyone.filter(pl.col("reference") == reference)
    profiled, bars = _profiled(asked, register, barred(given.verdicts))
    profiles = check_profiles(profiled).sort(pl.col("profile").hash(_SEED), "profile").head(_LEARNT_FROM)
    # What a steward called different is compared all the same here: it is counted for what it is.
    world = _World(reference, register, twins(register), bars.clear(), given)
    parts = [
        learning.compared(_weighed(world, each, _candidates(world, each)[0]), STATED[reference])
        for each in _chunks(profiles)
    ]
    labels = _labels(profiled, register, given)
    return learning.labelled(pl.concat([learning.no_pairs(STATED[reference]), *parts]), labels)


def decided_pairs(
    records: Mapping[str, pl.LazyFrame], registers: Mapping[str, pl.LazyFrame], *, verdicts: pl.DataFrame
) -> dict[str, pl.DataFrame]:
    """Per register the pairs that stewards decided: a level code per field, and `is_same`."""
    everyone, given = mentions(records), _Given(verdicts, Learnt(), None)
    found = {}
    for name in STATED:
        register = _register(name, registers)
        profiled, bars = _profiled(everyone.filter(pl.col("reference") == name), register, barred(verdicts))
        labels = _labels(profiled, register, given)
        profiles = check_profiles(profiled).join(labels, on="profile", how="semi")
        pairs = labels.join(profiles, on="profile", how="semi").select("profile", "target").unique()
        weighed = _weighed(_World(name, register, twins(register), bars.clear(), given), profiles, pairs)
        told = learning.labelled(learning.compared(weighed, STATED[name]), labels)
        found[name] = told.drop_nulls("is_same")
    return found


def _labels(profiled: pl.DataFrame, register: pl.DataFrame, given: _Given) -> pl.DataFrame:
    """[profile, target, is_match] as stewards decided."""
    place, targets = ["record_id", "role"], register.select("target", "reference_id")
    told = labels_of(given.verdicts).join(profiled.select(*place, "profile"), on=place)
    return told.join(targets, on="reference_id").select("profile", "target", "is_match")


def _register(name: str, registers: Mapping[str, pl.LazyFrame]) -> pl.DataFrame:
    if name not in registers:
        return REGISTER.to_frame()
    return (
        registers_of.population(registers[name]) if name == "population" else registers_of.enterprise(registers[name])
    )


def _link_to(reference: str, everyone: pl.DataFrame, register: pl.DataFrame, given: _Given) -> pl.DataFrame:
    asked = everyone.filter(pl.col("reference") == reference)
    profiled, bars = _profiled(asked, register, barred(given.verdicts))
    profiles = check_profiles(profiled)
    world = _World(reference, register, twins(register), bars, given)
    world.report(
        f"{asked.height} lượt nêu · mentions, {profiles.height} cách nêu · profiles, {register.height} mục · entries"
    )
    looked = [_cascade(world, chunk) for chunk in _chunks(profiles)]
    edges = pl.concat([EDGES.to_frame(), *(each for each, _ in looked)])
    decided = decide(profiled, edges)
    _report_missed(world, decided, [found for _, found in looked])
    if reference == "population":
        decided = decide(profiled, _second_look(world, profiled, edges, decided))
    named = decided.join(register.select("target", "reference_id"), on="target", how="left", maintain_order="left")
    return check(named.with_columns(model=pl.lit(given.model.name)), DECISIONS)


@dataclass(frozen=True, slots=True)
class _World:
    """What profiles are held against: a register with its twins, and the pairs that stewards ruled out."""

    reference: str
    register: pl.DataFrame
    twins: pl.DataFrame
    bars: pl.DataFrame
    given: _Given

    @property
    def is_of_persons(self) -> bool:
        return self.reference == "population"

    def report(self, text: str) -> None:
        if self.given.progress:
            self.given.progress(f"{self.reference}: {text}")


def _cascade(world: _World, profiles: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """EDGES: first of whom a confirmed number settles, then by blocking of all others; and which rules found whom."""
    first = _edges(world, profiles, number_holders(profiles, world.register))
    settled = first.join(first.filter("is_settled"), on="profile", how="semi")
    rest = profiles.join(settled, on="profile", how="anti")
    world.report(f"{profiles.height - rest.height} nối theo số · settled by a number, {rest.height} còn lại · to block")
    pairs, found = _candidates(world, rest)
    return pl.concat([settled, _edges(world, rest, pairs)]), found


def _candidates(world: _World, profiles: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    rules, finer = (person_rules, person_finer) if world.is_of_persons else (enterprise_rules, enterprise_finer)
    register = world.register
    pairs, found = candidates(rules(profiles, register), finer=finer(profiles, register), report=world.report)
    return check(pairs, CANDIDATES), found


def _edges(
    world: _World, profiles: pl.DataFrame, candidates: pl.DataFrame, support: Support | None = None
) -> pl.DataFrame:
    weighed = _weighed(world, profiles, candidates, support)
    return person_edges(weighed, world.twins) if world.is_of_persons else enterprise_edges(weighed)


def _weighed(
    world: _World, profiles: pl.DataFrame, candidates: pl.DataFrame, support: Support | None = None
) -> pl.DataFrame:
    """The pairs with level and bits of every field, and their sums, by the model given."""
    register, model = world.register, world.given.model
    pairs = with_twins(candidates, world.twins).join(world.bars, on=["profile", "target"], how="anti")
    pairs = pairs.sort("profile", "target")
    if world.is_of_persons:
        weighed = person_bits(compare_persons(pairs, profiles, register, support), register)
    else:
        weighed = enterprise_bits(compare_enterprises(pairs, profiles, register), register)
    return total(model.adjusted(weighed, world.reference), model.by_register[world.reference], register)


def _second_look(world: _World, profiled: pl.DataFrame, edges: pl.DataFrame, decided: pl.DataFrame) -> pl.DataFrame:
    """EDGES once more for who is open, with what firm links say: phones and e-mails, parents, spouses and children.

    Relatives may settle who is meant, never raise a question: parents are shared by all their children.
    """
    support = support_of_the_open(decided, world.register)
    again = check_profiles(profiled).join(support.profiles, on="profile", how="semi")
    seen = edges.join(again, on="profile", how="semi").select("profile", "target")
    related, _ = candidates(relative_rules(support.named(again), world.register))
    better = _edges(world, again, pl.concat([seen, support.contacts, related]).unique(), support)
    asked = profiled.join(again, on="profile", how="semi")
    linked = decide(asked, better).filter(pl.col("status") == Status.LINKED.value)
    told = pl.concat([linked.select("profile"), support.contacts.select("profile")])
    return pl.concat([edges.join(told, on="profile", how="anti"), better.join(told, on="profile", how="semi")])


def _report_missed(world: _World, decided: pl.DataFrame, found: list[pl.DataFrame]) -> None:
    if found:
        linked, missed = missed_in_blocking(decided, pl.concat(found))
        share = linked / (linked + missed) if linked else 1.0
        found_of = f"nhiều nhất {share:.1%} số có trong sổ gốc · at most {share:.1%} of those in the register"
        world.report(f"{linked} nối theo khóa chọn cặp · linked by blocking, {found_of}")


def _profiled(asked: pl.DataFrame, register: pl.DataFrame, bars: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """RECORDS with `profile`, equal for records that say the same, and the barred pairs [profile, target].

    A record with a barred pair has a profile of its own: what one steward said of one record binds that record only.
    """
    has_bar = asked.join(bars, on=["record_id", "role"], how="semi")["mention"]
    alone = pl.when(pl.col("mention").is_in(has_bar.implode())).then("mention")
    said = [name for name in RECORDS if name not in _WHOSE]
    marked = asked.with_columns(alone=alone)
    profiled = marked.with_columns(
        profile=pl.struct(*said, "alone").rank("dense").cast(pl.UInt32) if asked.height else pl.lit(0, pl.UInt32)
    ).drop("alone")
    targets = register.select("target", "reference_id")
    pairs = bars.join(profiled.select("record_id", "role", "profile"), on=["record_id", "role"]).join(
        targets, on="reference_id"
    )
    return profiled, pairs.select("profile", "target")


def check_profiles(profiled: pl.DataFrame) -> pl.DataFrame:
    """One row per profile that names somebody and still stands."""
    standing = profiled.filter(pl.col("is_named") & ~pl.col("is_withdrawn"))
    return standing.drop(*_WHOSE).unique(subset="profile", keep="any").sort("profile")


def _chunks(profiles: pl.DataFrame) -> Iterator[pl.DataFrame]:
    return profiles.iter_slices(_CHUNK) if profiles.height else iter(())
