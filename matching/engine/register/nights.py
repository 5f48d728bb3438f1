"""Night by night against a prepared register: only what is new is compared, all is decided, the answer is a full run's.

New are the local records that changed, against the whole register; and the entries that changed, against all local
records. What else came near before stands on the disk.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import polars as pl

from matching.engine.decide import Thresholds
from matching.engine.link import Linked
from matching.engine.model import Model
from matching.engine.register import answers, manifest, weighing
from matching.engine.register.answers import Answers, Sides
from matching.engine.register.frozen import Frozen
from matching.engine.register.manifest import Nights, Rows
from matching.engine.register.opened import Prepared
from matching.engine.register.reading import Read, chunks, read, refuse_missing, row_hash
from matching.engine.register.segments import Side, fresh
from matching.engine.register.state import LOCALS, Pairs, pairs_schema
from matching.engine.register.update import add, bury
from matching.engine.spec import Cardinality, Costs, Spec
from matching.errors import SpecError


@dataclass(frozen=True, slots=True)
class Night:
    """What a night gives."""

    links: pl.DataFrame
    """As `link.LINKS`: of all local records, changed or not."""
    thresholds: Thresholds
    model: Model
    compared: int
    """Pairs that were looked at this night."""
    new_forms: int
    """Ways of writing that no local record had before."""
    set_aside: int
    state: Pairs
    sides: Sides

    def linked(self) -> Linked:
        """The same as `link` gives it, with every pair that came near, this night or before."""
        pairs = answers.candidates_of(self.state.pairs, self.state.locals, self.sides)
        start = self.sides.held.start_bits(self.state.locals.height)
        return Linked(self.links, self.model, pairs, self.thresholds, (), None, start_bits=start)


def link_all(folder: Path, local: pl.LazyFrame, spec: Spec | None = None) -> Night:
    """The links of a whole local table; against the night before it is found out which records changed."""
    with manifest.alone(folder):
        former = _Former.opened(Prepared.opened(folder, spec))
        told = former.add(chunks(local, former.held.plan, is_left=True))
        return _night(former, told, spec)


def link_delta(
    folder: Path, changed: pl.LazyFrame | None = None, removed: pl.Series | None = None, spec: Spec | None = None
) -> Night:
    """The links after some local records are new or changed, and those with the ids `removed` are gone."""
    with manifest.alone(folder):
        former = _Former.opened(Prepared.opened(folder, spec))
        told = former.add(iter(()) if changed is None else chunks(changed, former.held.plan, is_left=True))
        gone = pl.Series("id", [], pl.String) if removed is None else removed.cast(pl.String)
        kept = former.state.locals.join(told.locals, on="id", how="anti").filter(~pl.col("id").is_in(gone.implode()))
        return _night(former, replace(told, locals=pl.concat([kept, told.locals])), spec)


@dataclass(frozen=True, slots=True)
class _Told:
    """Local records, and the forms with theirs among them."""

    locals: pl.DataFrame
    forms: Rows


@dataclass(frozen=True, slots=True)
class _Former:
    """What the night before left; nothing before the first."""

    prepared: Prepared
    named: Rows
    forms: Side
    state: Pairs
    seen: int

    @classmethod
    def opened(cls, prepared: Prepared) -> "_Former":
        nights, folder, plan = prepared.book.nights, prepared.folder, prepared.frozen.plan
        named = Rows() if nights is None else nights.forms
        empty = Pairs(pl.DataFrame(schema=LOCALS), pl.DataFrame(schema=pairs_schema(plan)), None)
        with manifest.reading(folder):
            forms = Side.opened(folder, named, len(plan.rules))
            state = empty if nights is None else Pairs.opened(folder / nights.folder)
        return cls(prepared, named, forms, state, 0 if nights is None else nights.seen)

    @property
    def held(self) -> Frozen:
        """What pairs are judged by."""
        return self.prepared.frozen

    def add(self, local: Iterator[pl.DataFrame]) -> _Told:
        """Writes the forms that are new, each once."""
        told = [pl.DataFrame(schema={"id": pl.String, "form": pl.String})]
        folder, name = self.prepared.folder, f"forms-{self.prepared.book.generation + 1}"
        named, _ = add(folder, name, self.named, self._unknown(local, told), self.held, has_rarity=False)
        rows = pl.concat(told)
        if rows["id"].is_duplicated().any():
            vi = "bảng địa phương có mã lặp lại; mỗi mã chỉ được có một dòng"
            raise SpecError("id", "ids of the local table are repeated; an id may stand in one row only", (), vi=vi)
        forms = Side.opened(folder, named, len(self.held.plan.rules))
        address = np.zeros(rows.height, dtype=np.uint32)
        found = forms.addresses(rows["form"])
        address[found["place"].to_numpy()] = found["address"].to_numpy()
        return _Told(rows.select("id", form=pl.Series(address)), named)

    def _unknown(self, local: Iterator[pl.DataFrame], told: list[pl.DataFrame]) -> Iterator[Read]:
        """Each form that nobody had before, the form being its id; all records are told on the way."""
        plan = self.held.plan
        own_id = plan.spec.left_id
        for chunk in local:
            refuse_missing(chunk[own_id])
            forms = row_hash(chunk, plan).cast(pl.String)
            others = self.forms.addresses(forms)["place"] if self.named.parts else pl.Series([], dtype=pl.Int64)
            is_new = pl.Series("new", np.ones(len(forms), dtype=bool)).scatter(others, False)
            before = pl.concat([each["form"] for each in told]).unique()
            told.append(chunk.select(pl.col(own_id).cast(pl.String).alias("id"), forms.alias("form")))
            is_new &= ~forms.is_in(before.implode()) & forms.is_first_distinct()
            yield read(chunk.filter(is_new), plan, is_left=True).named(forms.filter(is_new))


def _night(former: _Former, told: _Told, spec: Spec | None) -> Night:
    prepared, held = former.prepared, former.held
    generation = prepared.book.generation + 1
    locals_ = told.locals.sort("id")
    named = _without_unused(prepared.folder, f"forms-dead-{generation}.npy", told.forms, former, locals_)
    forms = Side.opened(prepared.folder, named, len(held.plan.rules))
    sides = Sides(forms, prepared.entries, held)
    near = weighing.near(forms, prepared.entries, held, new_forms=former.forms.height, new_entries=former.seen)
    state, answered = _decided(former.state, near.pairs, locals_, sides, spec.costs if spec else held.plan.spec.costs)
    name = f"nights-{generation}"
    state.write(fresh(prepared.folder, name))
    nights = Nights(named, name, prepared.entries.height)
    manifest.write(prepared.folder, replace(prepared.book, nights=nights, generation=generation))
    return Night(
        links=answered.links,
        thresholds=answered.thresholds,
        model=held.model,
        compared=near.compared,
        new_forms=forms.height - former.forms.height,
        set_aside=answered.set_aside,
        state=state,
        sides=sides,
    )


def _without_unused(folder: Path, name: str, named: Rows, former: _Former, locals_: pl.DataFrame) -> Rows:
    """The forms, those that no record has any more dead."""
    is_used = np.zeros(named.height, dtype=bool)
    is_used[locals_["form"].to_numpy()] = True
    was_dead = former.forms.is_dead
    is_dead = np.concatenate((was_dead, np.zeros(named.height - len(was_dead), dtype=bool)))
    return bury(folder, name, named, was_dead, np.flatnonzero(~is_used & ~is_dead))


def _decided(
    before: Pairs, found: pl.DataFrame, locals_: pl.DataFrame, sides: Sides, costs: Costs
) -> tuple[Pairs, Answers]:
    kept, lost = _standing(before.pairs, sides)
    # In the order of their bits a form's odds add up to the same sum whichever night brought them.
    pairs = pl.concat([kept, found]).sort("l", "bits", "r")
    if sides.held.plan.spec.cardinality is not Cardinality.MANY_TO_ONE:
        return Pairs(locals_, pairs, None), answers.from_records(pairs, locals_, sides, costs)
    chosen = _chosen(before.chosen, pairs, pl.concat([lost, found["l"]]).unique(), sides)
    return Pairs(locals_, pairs, chosen), answers.from_forms(chosen, locals_, sides, costs)


def _standing(pairs: pl.DataFrame, sides: Sides) -> tuple[pl.DataFrame, pl.Series]:
    """The pairs whose rows are alive, and the forms that lost one."""
    is_gone = sides.forms.is_dead[pairs["l"].to_numpy()] | sides.entries.is_dead[pairs["r"].to_numpy()]
    gone = pl.Series(is_gone)
    return pairs.filter(~gone), pairs["l"].filter(gone)


def _chosen(before: pl.DataFrame | None, pairs: pl.DataFrame, touched: pl.Series, sides: Sides) -> pl.DataFrame:
    """The best pair of every form: chosen anew where a form's pairs are not those of the night before."""
    if before is None:
        return answers.best_of_forms(pairs, sides)
    is_touched = np.zeros(sides.forms.height, dtype=bool)
    is_touched[pairs["l"].to_numpy()] = True
    is_touched[before["l"].to_numpy()] = False
    is_touched[touched.to_numpy()] = True
    anew = answers.best_of_forms(pairs.filter(pl.Series(is_touched[pairs["l"].to_numpy()])), sides)
    stays = ~(is_touched | sides.forms.is_dead)[before["l"].to_numpy()]
    return pl.concat([before.filter(pl.Series(stays)), anew])
