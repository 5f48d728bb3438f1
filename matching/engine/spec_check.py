"""Holds a linkage's description against what it will meet: the columns of both tables, and a model learnt before."""

import polars as pl

from matching.engine.kinds import kind_of
from matching.engine.model import Model
from matching.engine.spec import Spec
from matching.engine.spec_section import offered
from matching.errors import SpecError

_LEFT, _RIGHT = ("bảng trái", "the left table"), ("bảng phải", "the right table")
_NESTED = (pl.List, pl.Array, pl.Struct, pl.Object, pl.Binary)


def check_columns(spec: Spec, left: pl.Schema, right: pl.Schema, *, origin: str) -> None:
    """SpecError for a column that its table lacks, or that holds no plain values."""
    wanted = [("[left], id", spec.left_id, left), ("[right], id", spec.right_id, right)]
    for each in spec.comparisons:
        where = f'[[compare]] "{each.field}"'
        wanted += [(where, each.left, left), (where, each.right, right)]
    for rule in spec.rules:
        for key in rule.keys:
            where = f'[[block]] "{rule.name}"'
            wanted += [(where, key.left, left), (where, key.right, right)]
    for where, column, schema in wanted:
        side = ("bảng", "the table") if left is right else _LEFT if schema is left else _RIGHT
        _check_column(f"{origin}, {where}", column, schema, side)


def _check_column(where: str, column: str, schema: pl.Schema, side: tuple[str, str]) -> None:
    vi, en = side
    if column not in schema:
        known = offered(column, schema.names())
        raise SpecError(where, f'{en} has no column "{column}"', known, vi=f'{vi} không có cột "{column}"')
    if isinstance(schema[column], _NESTED):
        what = f'column "{column}" of {en} holds lists or records; write one plain value a cell'
        cell = f'cột "{column}" của {vi} chứa danh sách hoặc cấu trúc; mỗi ô chỉ ghi một giá trị'
        raise SpecError(where, what, (), vi=cell)


def check_model(spec: Spec, model: Model, *, origin: str) -> None:
    """SpecError where the model was learnt of other comparisons, or of other levels."""
    wanted = {each.field: (each.kind, _levels(spec, at)) for at, each in enumerate(spec.comparisons)}
    given = {each.field: (each.kind, each.levels) for each in model.fields}
    if list(wanted) != list(given):
        what = f"the model knows the fields {', '.join(given)}; the description compares {', '.join(wanted)}"
        vi = f"mô hình có các trường {', '.join(given)}; tệp mô tả so sánh {', '.join(wanted)}"
        raise SpecError(origin, f"{what}; learn it anew", (), vi=f"{vi}; hãy học lại mô hình")
    for field, (kind, levels) in wanted.items():
        if given[field] != (kind, levels):
            what = f'field "{field}" was learnt as kind "{given[field][0]}" with other levels; learn the model anew'
            vi = f'trường "{field}" đã học theo kiểu "{given[field][0]}" với các mức khác; hãy học lại mô hình'
            raise SpecError(origin, what, (), vi=vi)


def _levels(spec: Spec, at: int) -> tuple[str, ...]:
    """From worst to best, as a model has them."""
    return tuple(level.name for level in kind_of(spec.comparisons[at]).levels[::-1])
