"""What profiles are held against: one register with all that is made of it once, and the ways of asking it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise

import polars as pl

from matching.block import enterprise_finer, enterprise_rules, person_finer, person_rules
from matching.companies import compare_enterprises
from matching.compare import compare_persons
from matching.damaged import repaired_names
from matching.edges import enterprise_edges, person_edges
from matching.learnt import Learnt
from matching.pairs import Before, Found, blocked
from matching.recall import Levels
from matching.schemas import EDGES
from matching.twins import twins, with_twins
from matching.weigh import enterprise_bits, enterprise_shares, person_bits, person_shares, total

_CHUNK = 2_000_000
"""Pairs compared and weighed at a time, so that memory does not grow with their number."""

Report = Callable[[str], None]
Retold = Callable[[pl.DataFrame], pl.DataFrame]
"""Pairs with a level per field to the same, by what else is known of them."""


@dataclass(frozen=True, slots=True)
class World:
    """One register with its twins and frequencies, the pairs that stewards ruled out, and the model to weigh by."""

    reference: str
    register: pl.DataFrame
    twins: pl.DataFrame
    shares: pl.DataFrame
    bars: pl.DataFrame
    """[profile, target]"""
    model: Learnt
    progress: Report | None

    @classmethod
    def of(
        cls, reference: str, register: pl.DataFrame, bars: pl.DataFrame, model: Learnt, progress: Report | None
    ) -> "World":
        """Around REGISTER."""
        shares = person_shares if reference == "population" else enterprise_shares
        return cls(reference, register, twins(register), shares(register), bars, model, progress)

    @property
    def is_of_persons(self) -> bool:
        """Or else of enterprises."""
        return self.reference == "population"

    def without_bars(self) -> "World":
        """The same where nothing is ruled out."""
        return replace(self, bars=self.bars.clear())

    def report(self, text: str) -> None:
        """Tells whoever listens."""
        if self.progress:
            self.progress(f"{self.reference}: {text}")

    def repaired(self, profiles: pl.DataFrame) -> pl.DataFrame:
        """[profile, sorted_words]: what damaged names of persons may have been."""
        asked = profiles if self.is_of_persons else profiles.clear()
        return repaired_names(asked, self.register)

    def blocked(self, profiles: pl.DataFrame, repaired: pl.DataFrame, before: Before | None = None) -> Found:
        """The pairs that any blocking rule makes of the profiles."""
        if self.is_of_persons:
            rules, finer = person_rules(profiles, self.register, repaired), person_finer(profiles, self.register)
        else:
            rules, finer = enterprise_rules(profiles, self.register), enterprise_finer(profiles, self.register)
        return blocked(rules, finer=finer, report=self.report, before=before)

    def levels(self, profiles: pl.DataFrame, known: pl.DataFrame) -> Levels:
        """The levels of pairs of the profiles, those known standing."""
        compare = compare_persons if self.is_of_persons else compare_enterprises

        def of(pairs: pl.DataFrame) -> pl.DataFrame:
            parties = profiles.join(pairs.select("profile").unique(), on="profile", how="semi")
            return compare(pairs, parties, self.register)

        return Levels(known, of)

    def edges(self, candidates: pl.DataFrame, levels: Levels, told: Retold | None = None) -> pl.DataFrame:
        """EDGES of CANDIDATES, whose levels are told anew where there is more to tell."""
        weighed = self.weighed(candidates, levels, told)
        of = partial(person_edges, twins=self.twins) if self.is_of_persons else enterprise_edges
        return pl.concat([EDGES.to_frame(), *map(of, weighed)])

    def weighed(self, candidates: pl.DataFrame, levels: Levels, told: Retold | None = None) -> Iterator[pl.DataFrame]:
        """The pairs with level and bits of every field, and their sums, by the model; chunk by chunk."""
        for compared in self._chunks(candidates, levels):
            yield self._weighed(told(compared) if told else compared)

    def _chunks(self, candidates: pl.DataFrame, levels: Levels) -> Iterator[pl.DataFrame]:
        """The levels of the pairs and of the twins of their targets, without those ruled out."""
        pairs = with_twins(candidates, self.twins).join(self.bars, on=["profile", "target"], how="anti")
        pairs = pairs.sort("profile", "target")
        # A profile's pairs are judged beside each other, so none is cut in two.
        cuts = pairs["profile"].search_sorted(pairs["profile"].gather_every(_CHUNK)).unique().sort().to_list()
        for start, end in pairwise([*cuts, pairs.height]):
            yield levels.of(pairs[start:end])

    def _weighed(self, compared: pl.DataFrame) -> pl.DataFrame:
        bits = person_bits if self.is_of_persons else enterprise_bits
        weighed = self.model.adjusted(bits(compared, self.shares), self.reference)
        return total(weighed, self.model.by_register[self.reference], self.register.height)
