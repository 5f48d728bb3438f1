"""Makes a right table ready once: values, keys, counts and model on disk, in parts, so that memory stays flat."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

import polars as pl

from matching.engine import choose_rules
from matching.engine.link import link
from matching.engine.model import Model
from matching.engine.register import fitting, frozen, large, manifest, segments
from matching.engine.register.arrays import CountFile
from matching.engine.register.manifest import Manifest, Part, Rows
from matching.engine.register.reading import batches, nothing
from matching.engine.register.segments import SegmentWriter
from matching.engine.spec import Spec
from matching.engine.spec_check import check_model
from matching.engine.tables import Plan, value_hash
from matching.errors import SpecError

_BASE = "register-0"


def prepare(
    source: pl.LazyFrame, spec: Spec, folder: Path, *, model: Model | None = None, local: pl.LazyFrame | None = None
) -> Manifest:
    """Writes the folder, whole or not at all; what was prepared there before is replaced.

    Model and rules that are not given are learnt by linking `local` once.
    """
    if spec.is_dedupe:
        vi = "danh bạ chuẩn bị sẵn dùng để nối hai bảng, không dùng để tìm bản ghi trùng"
        raise SpecError("cardinality", "a prepared register serves to link two tables, not to dedupe", (), vi=vi)
    whole = replace(spec, rules=spec.rules or choose_rules.choose(_needed(local), source, spec))
    learnt = model or link(_needed(local), source, whole).model
    check_model(whole, learnt, origin="model")
    with _replaced(folder) as part:
        book = _written(source, whole, learnt, part, asked=manifest.fingerprint(spec))
        manifest.write(part, book)
    return book


def _needed(local: pl.LazyFrame | None) -> pl.LazyFrame:
    if local is None:
        vi = "cần mô hình đã học và các [[block]], hoặc một bảng địa phương để học từ đó"
        what = "a model and [[block]] rules are needed, or a local table to learn them from"
        raise SpecError("prepare", what, (), vi=vi)
    return local


@contextmanager
def _replaced(folder: Path) -> Iterator[Path]:
    """A new folder beside this one, which takes its place if all goes well."""
    if folder.exists():
        with manifest.alone(folder):
            pass
    folder = folder.resolve()
    part, old = (folder.with_name(f".{folder.name}.{state}") for state in ("part", "old"))
    for each in (part, old):
        shutil.rmtree(each, ignore_errors=True)
    part.mkdir(parents=True)
    try:
        yield part
        if folder.exists():
            folder.rename(old)
        part.rename(folder)
    finally:
        for each in (part, old):
            shutil.rmtree(each, ignore_errors=True)


def _written(source: pl.LazyFrame, spec: Spec, model: Model, folder: Path, *, asked: str) -> Manifest:
    plan = Plan.of(spec, spec.rules)
    inside = folder / manifest.FROZEN
    inside.mkdir()
    (folder / manifest.MODEL).write_text(model.to_json(), encoding="utf-8")
    part, totals = _base(source, plan, folder)
    fitting.fit(segments.frame(folder / part.name / "values.arrow"), plan, inside)
    for at in range(len(plan.rules)):
        large.settle(folder / part.name, inside, plan, at)
    book = Manifest(
        spec=spec,
        asked=asked,
        model=manifest.digest(model.to_json()),
        hashing=manifest.marks(),
        height=part.height,
        totals=totals,
        register=Rows((part,)),
    )
    _add_rarity(folder, book)
    return book


@dataclass(frozen=True, slots=True)
class _Counts:
    """Of every comparison that is weighed by frequency."""

    files: tuple[CountFile | None, ...]

    def append(self, values: pl.DataFrame) -> None:
        for at, file in enumerate(self.files):
            if file is not None:
                file.append(value_hash(values[f"v{at}"]).drop_nulls().to_numpy())

    def totals(self) -> tuple[int | None, ...]:
        return tuple(None if file is None else file.count() for file in self.files)


def _base(source: pl.LazyFrame, plan: Plan, folder: Path) -> tuple[Part, tuple[int | None, ...]]:
    """The first segment, large keys still in it, and the counts of values."""
    inside = folder / manifest.FROZEN
    counts = _Counts(
        tuple(
            CountFile(inside / f"count{at}") if kind.is_weighed_by_frequency else None
            for at, kind in enumerate(plan.kinds)
        )
    )
    writer = SegmentWriter(folder / _BASE, len(plan.rules))

    def values() -> Iterator[pl.DataFrame]:
        for each in chain(batches(source, plan), [nothing(plan)]):
            writer.keys([frozen.pair(keyed) for keyed in each.keyed], each.values["id"])
            counts.append(each.values)
            yield each.values

    writer.values(values())
    return writer.close(), counts.totals()


def _add_rarity(folder: Path, book: Manifest) -> None:
    held = frozen.opened(folder, book)
    values = segments.frame(folder / _BASE / "values.arrow")
    told = (held.rarities(each) for each in segments.slices(values))
    segments.write_frames(told, folder / _BASE / "rarity.arrow")
